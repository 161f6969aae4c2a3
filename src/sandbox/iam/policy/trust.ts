import { holds } from './conditions.ts'
import { listOf, type Statement } from './document.ts'
import type { Principal } from './principal.ts'
import { matchesPattern } from './wildcards.ts'

/** Tells whether a trust policy lets a principal assume its role. */
export function isTrusted(statements: readonly Statement[], principal: Principal): boolean {
  const about = statements.filter(
    (statement) => namesAction(statement, principal.action) && namesPrincipal(statement, principal),
  )
  const context = contextOf(principal)
  const matched = about.filter((statement) => holds(statement, context)).map(({ Effect }) => Effect)
  return matched.includes('Allow') && !matched.includes('Deny')
}

function namesAction({ Action }: Statement, action: string): boolean {
  return listOf(Action).some((pattern) => matchesPattern(action.toLowerCase(), pattern.toLowerCase()))
}

function namesPrincipal({ Principal: named }: Statement, { kind, name }: Principal): boolean {
  if (named === undefined) return false
  if (named === '*') return kind === 'AWS'
  const names = listOf(named[kind])
  return names.some((each) => each === '*' || each === name || isOwnerOf(each, kind, name))
}

/** An account stands for all its identities, and a provider's ARN for its host. */
function isOwnerOf(named: string, kind: Principal['kind'], name: string): boolean {
  if (kind === 'Federated') return named.endsWith(`:oidc-provider/${name}`)
  if (kind === 'Service') return false
  const account = name.split(':')[4]
  if (named === account || /^arn:[^:]*:iam::(\d*):root$/.exec(named)?.[1] === account) return true
  // The session of a role is one of the role's.
  const role = /^arn:([^:]*):sts::(\d*):assumed-role\/([^/]+)\//.exec(name)
  return (
    role !== null && named.startsWith(`arn:${role[1]}:iam::${role[2]}:role/`) && named.endsWith(`/${role[3]}`)
  )
}

function contextOf({ name, externalId, source, claims = {} }: Principal): Map<string, readonly string[]> {
  const context = new Map(
    Object.entries(claims).map(([key, value]) => [`${name}:${key}`.toLowerCase(), [value]]),
  )
  if (externalId !== undefined) context.set('sts:externalid', [externalId])
  if (source !== undefined) {
    context.set('aws:sourcearn', [source])
    context.set('aws:sourceaccount', [source.split(':')[4] ?? ''])
  }
  return context
}
