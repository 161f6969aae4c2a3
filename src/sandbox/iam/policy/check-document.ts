import { listOf, malformed, type PolicyDocument, type Statement, statementList } from './document.ts'
import { checkAction, checkResource } from './formats.ts'
import { isReadAgain } from './second-parser.ts'
import { isPolicy } from './syntax.ts'
import { matchesPattern } from './wildcards.ts'

/** The actions that a trust policy may name. */
const assuming = [
  'sts:AssumeRole',
  'sts:AssumeRoleWithSAML',
  'sts:AssumeRoleWithWebIdentity',
  'sts:SetContext',
  'sts:SetSourceIdentity',
  'sts:TagSession',
]

/**
 * Checks a policy of an identity in the order and the words of IAM.
 *
 * @param kind a managed policy has to be of the newer version
 * @throws ServiceError 400
 */
export function checkPolicy(text: string, kind: 'managed' | 'inline'): void {
  const document = read(text, 'Syntax errors in policy.')
  if (kind === 'managed' && document.Version !== '2012-10-17') {
    throw malformed('Policy document must be version 2012-10-17 or greater.')
  }
  const statements = statementList(document)
  checkTogether(statements)
  if (
    statements.some(({ Principal, NotPrincipal }) => Principal !== undefined || NotPrincipal !== undefined)
  ) {
    throw malformed('Policy document should not specify a principal.')
  }
  if (statements.some((statement) => resourcesOf(statement).length === 0)) {
    throw malformed('Policy statement must contain resources.')
  }
  statements.flatMap(resourcesOf).forEach(checkResource)
  statements.flatMap(actionsOf).forEach(checkAction)
}

/** Checks the policy that says who may assume a role. @throws ServiceError 400 */
export function checkTrust(text: string): void {
  const statements = statementList(read(text, 'This policy contains invalid Json'))
  checkTogether(statements)
  for (const { Resource, NotResource, Principal, NotPrincipal, ...statement } of statements) {
    if (Resource !== undefined || NotResource !== undefined) throw malformed('Has prohibited field Resource')
    if (Principal === undefined && NotPrincipal === undefined) {
      throw malformed('Missing required field Principal')
    }
    if (!actionsOf(statement).every(isAssuming)) {
      throw malformed('AssumeRole policy may only specify STS AssumeRole actions.')
    }
  }
}

function read(text: string, invalid: string): PolicyDocument {
  const document = parsed(text)
  if (document === undefined) throw malformed(invalid)
  if (!isPolicy(document)) throw malformed('Syntax errors in policy.')
  return document
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function checkTogether(statements: readonly Statement[]): void {
  if (!statements.every(isReadAgain)) throw malformed('The policy failed legacy parsing')
  const ids = statements.flatMap(({ Sid }) => (Sid === undefined ? [] : [Sid]))
  if (new Set(ids).size < ids.length) {
    throw malformed('Statement IDs (SID) in a single policy must be unique.')
  }
  if (statements.some((statement) => actionsOf(statement).length === 0)) {
    throw malformed('Policy statement must contain actions.')
  }
}

function isAssuming(action: string): boolean {
  const pattern = action.toLowerCase()
  return pattern.startsWith('sts:') && assuming.some((each) => matchesPattern(each.toLowerCase(), pattern))
}

function actionsOf({ Action, NotAction }: Statement): readonly string[] {
  return [...listOf(Action), ...listOf(NotAction)]
}

function resourcesOf({ Resource, NotResource }: Statement): readonly string[] {
  return [...listOf(Resource), ...listOf(NotResource)]
}
