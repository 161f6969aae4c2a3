/** A policy of a role as IAM has it. */
export interface PolicyText {
  name: string
  /** Absent for a policy that is written into the role. */
  arn?: string | undefined
  version?: string | undefined
  /** JSON. */
  document: string
}

type OneOrMore = string | readonly string[]

interface Statement {
  Sid?: string
  Effect?: string
  Action?: OneOrMore
  NotAction?: OneOrMore
  Resource?: OneOrMore
  NotResource?: OneOrMore
  Condition?: object
}

/**
 * Actions for which a policy can name no resource, or whose resource nobody knows before the first invocation, by the
 * Service Authorization Reference and AWSLambdaBasicExecutionRole (2026-11).
 */
const withoutResource =
  /^(?:logs:(?:CreateLogGroup|CreateLogStream|PutLogEvents)|ec2:(?:Create|Delete)NetworkInterface|ec2:(?:Una|A)ssignPrivateIpAddresses|cloudwatch:PutMetricData|sts:GetCallerIdentity|(?:xray|textract|pricing|ce):[^*].*|[\w-]+:(?:List|Describe)\w*\*?)$/i

/** The permissions of a policy that have no bounds, one text each, as in `statement 2: s3:* on *`. */
export function wildcardsOf({ document }: PolicyText): string[] {
  const { Statement: given = [] } = JSON.parse(document) as { Statement?: Statement | Statement[] }
  return [given].flat().flatMap((statement, index) => {
    if (statement.Effect !== 'Allow') return []
    const found = wildcardOf(statement)
    return found === undefined ? [] : [`${statement.Sid ?? `statement ${index + 1}`}: ${found}`]
  })
}

function wildcardOf({ Action, NotAction, Resource, NotResource, Condition }: Statement): string | undefined {
  const resources = listOf(Resource)
  const on = NotResource === undefined ? resources.join(', ') : `all but ${listOf(NotResource).join(', ')}`
  if (NotAction !== undefined) return `all but ${listOf(NotAction).join(', ')} on ${on}`
  const actions = listOf(Action)
  const wide = actions.filter((action) => /^(?:\*|[\w-]+:\*)$/.test(action))
  if (wide.length > 0) return `${wide.join(', ')} on ${on}${Condition ? ', under a condition' : ''}`
  // A condition may bound the resources, as by their tags.
  if (Condition || !(NotResource !== undefined || resources.some(isAll))) return undefined
  const unbound = actions.filter((action) => !withoutResource.test(action))
  return unbound.length === 0 ? undefined : `${unbound.join(', ')} on ${on}`
}

/** `*`, everything of a service (`arn:aws:s3:::*`), or all of a kind (`arn:aws:dynamodb:eu-west-1:…:table/*`). */
function isAll(resource: string): boolean {
  return /^(?:\*|arn:[^:]*(?::[^:]*){3}:\*|arn:[^:]*:(?!s3:)[^:]*(?::[^:]*){2}:[\w-]+[/:]\*)$/.test(resource)
}

function listOf(value: OneOrMore | undefined): readonly string[] {
  return value === undefined ? [] : [value].flat()
}
