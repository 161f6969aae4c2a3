import type { FunctionState } from '../../ports/functions.ts'

/** The change of a function whose variables can't be read, if nothing else of it differs. */
export const unseenWords =
  'nothing that lambdactl can read differs, so it may be the environment variables, which it cannot read'

/** @param time ISO 8601 in Lambda's form: of $LATEST, or of a version that was published from it */
export function wasUpdatedSince({ lastModified }: FunctionState, time: string): boolean {
  return Date.parse(lastModified) > Date.parse(time)
}

/** Says that $LATEST was updated since a version was published, and nothing that can be read differs; undefined if not. */
export function unseenUpdate(latest: FunctionState, serving: FunctionState): string | undefined {
  if (!wasUpdatedSince(latest, serving.lastModified)) return undefined
  const { name, lastModified, hiddenVariables } = latest
  return `${name} was updated at ${lastModified}, after version ${serving.version} was published, and ${unseenWords}: ${hiddenVariables ?? serving.hiddenVariables}. This is not released by itself: the next release of other code or settings ships it, or let the caller decrypt the variables`
}
