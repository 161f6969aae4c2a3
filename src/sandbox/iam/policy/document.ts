import { ServiceError } from '../../protocol/service-error.ts'

type OneOrMore = string | readonly string[]

/** A statement of a policy. */
export interface Statement {
  Sid?: string
  Effect: 'Allow' | 'Deny'
  Action?: OneOrMore
  NotAction?: OneOrMore
  Resource?: OneOrMore
  NotResource?: OneOrMore
  Principal?: '*' | Readonly<Record<string, OneOrMore>>
  Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>
}

/** Which members a document has: one of identities names resources, one of trust names principals. */
export type DocumentKind = 'identity' | 'trust'

/** Reads a policy document. @throws ServiceError 400 for a document that IAM does not take */
export function statementsOf(text: string, kind: DocumentKind): Statement[] {
  const document = parsed(text)
  const { Version = '2012-10-17', Statement: given } = document
  if (Version !== '2012-10-17' && Version !== '2008-10-17') throw malformed('Syntax errors in policy.')
  if (given === undefined) throw malformed('Syntax errors in policy.')
  const statements = (Array.isArray(given) ? given : [given]) as unknown[]
  return statements.map((statement) => checked(statement, kind))
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>
  } catch {
    // Below.
  }
  throw malformed('This policy contains invalid Json')
}

function checked(value: unknown, kind: DocumentKind): Statement {
  if (typeof value !== 'object' || value === null) throw malformed('Syntax errors in policy.')
  const statement = value as Statement
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') throw malformed('Syntax errors in policy.')
  if (statement.Action === undefined && statement.NotAction === undefined) {
    throw malformed('Policy statement must contain actions.')
  }
  const hasResource = statement.Resource !== undefined || statement.NotResource !== undefined
  if (kind === 'trust') {
    if (hasResource) throw malformed('Has prohibited field Resource')
    if (statement.Principal === undefined) throw malformed('Missing required field Principal')
    return statement
  }
  if (statement.Principal !== undefined) throw malformed('Policy document should not specify a principal.')
  if (!hasResource) throw malformed('Policy statement must contain resources.')
  const actions = [...listOf(statement.Action), ...listOf(statement.NotAction)]
  if (actions.some((action) => action !== '*' && !/^[\w*?-]+:[\w*?]+$/.test(action))) {
    throw malformed('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.')
  }
  return statement
}

export function listOf(value: OneOrMore | undefined): readonly string[] {
  if (value === undefined) return []
  return typeof value === 'string' ? [value] : value
}

function malformed(message: string): ServiceError {
  return new ServiceError('MalformedPolicyDocument', 400, message)
}
