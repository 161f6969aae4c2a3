/** The tag that names the trigger of the file for which lambdactl made a resource. */
export const triggerTag = 'lambdactl:trigger'

/** The id of lambdactl's target of a rule. */
export const targetId = 'lambdactl'

/** The name of a trigger within everything that invokes an alias: ids of S3 and descriptions of API Gateway. */
export function ownId(
  { functionName, alias }: { functionName: string; alias: string },
  trigger: string,
): string {
  return `lambdactl/${functionName}/${alias}/${trigger}`
}

/** The trigger that such a name means; undefined for another maker's, and for another alias. */
export function triggerIn(place: { functionName: string; alias: string }, id: string): string | undefined {
  const start = ownId(place, '')
  return id.startsWith(start) && id.length > start.length ? id.slice(start.length) : undefined
}
