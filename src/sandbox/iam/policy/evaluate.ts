import { notImplemented } from '../../protocol/accepting.ts'
import { type Context, holds, keysOf } from './conditions.ts'
import { listOf, type Statement } from './document.ts'
import { matchesPattern } from './wildcards.ts'

/** A policy that an identity has. */
export interface NamedPolicy {
  id: string
  statements: readonly Statement[]
}

/** An action on a resource. */
export interface Asked {
  action: string
  resource: string
  context: Context
}

export interface Evaluation {
  decision: 'allowed' | 'explicitDeny' | 'implicitDeny'
  /** The policies whose statements decided. */
  matched: string[]
  /** The keys of conditions for which the request has no value. */
  missing: string[]
}

/** IAM's order: a Deny outweighs every Allow, and what nothing allows is denied. */
export function evaluate(policies: readonly NamedPolicy[], asked: Asked): Evaluation {
  const about = policies.flatMap(({ id, statements }) =>
    statements.filter((statement) => isAbout(statement, asked)).map((statement) => ({ id, statement })),
  )
  const missing = about
    .flatMap(({ statement }) => keysOf(statement))
    .filter((key) => !asked.context.has(key.toLowerCase()))
  const matched = (effect: Statement['Effect']) =>
    about
      .filter(({ statement }) => statement.Effect === effect && holds(statement, asked.context))
      .map(({ id }) => id)
  const denying = matched('Deny')
  const allowing = matched('Allow')
  const decision = denying.length > 0 ? 'explicitDeny' : allowing.length > 0 ? 'allowed' : 'implicitDeny'
  return { decision, matched: denying.length > 0 ? denying : allowing, missing: [...new Set(missing)] }
}

/** @throws ServiceError 501 for a variable in a pattern */
function covers(patterns: Statement['Resource'], resource: string): boolean {
  return listOf(patterns).some((pattern) => {
    if (pattern.includes('${')) throw notImplemented(`policy variables, as in ${pattern}`)
    return matchesPattern(resource, pattern)
  })
}

function isAbout(
  { Action, NotAction, Resource, NotResource }: Statement,
  { action, resource }: Asked,
): boolean {
  const names = (patterns: Statement['Action']) =>
    listOf(patterns).some((pattern) => matchesPattern(action.toLowerCase(), pattern.toLowerCase()))
  const isAction = Action === undefined ? !names(NotAction) : names(Action)
  return isAction && (Resource === undefined ? !covers(NotResource, resource) : covers(Resource, resource))
}
