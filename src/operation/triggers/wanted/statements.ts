import type { Grant } from '../../../function/attachments/callers.ts'

/** Whom a permission of the file lets in. */
export interface WantedGrant {
  /** As in `s3.amazonaws.com`. */
  principal: string
  sourceArn?: string
  /** Twelve digits. */
  sourceAccount?: string
}

/** A permission on the alias that lambdactl made for a trigger: its id tells the kind of the source and the name. */
export interface OwnGrant {
  kind: string
  trigger: string
  statement: string
  grant: Grant
}

const pattern = /^lambdactl-(?<kind>[a-zA-Z0-9]+)-(?<trigger>[a-zA-Z][\w-]*)-[0-9a-f]{8}$/

/** The permissions that lambdactl made for triggers, among those of an alias. */
export function ownGrants(grants: readonly Grant[]): OwnGrant[] {
  return grants.flatMap((grant) => {
    const { statement = '' } = grant
    const { kind, trigger } = pattern.exec(statement)?.groups ?? {}
    return kind === undefined || trigger === undefined ? [] : [{ kind, trigger, statement, grant }]
  })
}

/**
 * The id of the permission of a trigger, of at most 100 characters. Another content has another id, so that a changed
 * permission is there before the earlier one goes.
 */
export function statementId(kind: string, trigger: string, wanted: WantedGrant): string {
  return `lambdactl-${kind}-${trigger}-${hashOf(wanted)}`
}

/** Whether a permission lets in exactly those of the file, and nothing of it was changed by hand. */
export function isGrantOf({ grant }: OwnGrant, wanted: WantedGrant): boolean {
  return (
    grant.isPlain &&
    grant.principal === wanted.principal &&
    grant.sourceArn === wanted.sourceArn &&
    grant.sourceAccount === wanted.sourceAccount
  )
}

/** FNV-1a of 32 bits, as eight hexadecimal digits. */
function hashOf({ principal, sourceArn = '', sourceAccount = '' }: WantedGrant): string {
  let hash = 0x811c9dc5
  for (const character of JSON.stringify([principal, sourceArn, sourceAccount])) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  }
  return (hash >>> 0).toString(16).padStart(8, '0')
}
