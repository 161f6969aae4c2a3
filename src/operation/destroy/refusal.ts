import type { AliasState } from '../../release/values/observed.ts'
import { ownerOf } from '../../release/values/owner.ts'
import { inProgress, parseRecord } from '../../release/values/record.ts'
import { parseOrigin } from '../../release/values/version-description.ts'

/** A function that may be destroyed. */
export interface DestroyFacts {
  /** The environment's alias. */
  alias: string
  tags: Readonly<Record<string, string>> | undefined
  aliases: readonly AliasState[]
  /** The service of lambdactl.yaml. */
  service: string
  /** The Descriptions of its versions, the newest first. */
  descriptions: readonly string[]
}

/** The reason why a function is not destroyed. */
export type DestroyRefusal =
  /** Its tags name another tool. */
  | { kind: 'owned'; owner: string }
  /** Nothing shows that lambdactl ever released it. */
  | { kind: 'foreign' }
  /** Its newest version of lambdactl is another service's. */
  | { kind: 'other-service'; service: string }
  /** Aliases that this environment did not make. */
  | { kind: 'other-aliases'; aliases: readonly string[] }
  | { kind: 'in-flight'; release: string }

/** Decides whether a function may be destroyed: only one that lambdactl alone made. Undefined: it may. */
export function destroyRefusal({
  alias,
  tags,
  aliases,
  service,
  descriptions,
}: DestroyFacts): DestroyRefusal | undefined {
  const owner = ownerOf(tags)
  if (owner !== undefined) return { kind: 'owned', owner }
  const record = parseRecord(aliases.find(({ name }) => name === alias)?.description ?? '')
  const origins = descriptions.flatMap((text) => parseOrigin(text) ?? [])
  if (!record && origins.length === 0) return { kind: 'foreign' }
  const newest = origins[0]?.service
  if (newest !== undefined && newest !== service) return { kind: 'other-service', service: newest }
  const others = aliases.map(({ name }) => name).filter((name) => name !== alias)
  if (others.length > 0) return { kind: 'other-aliases', aliases: others }
  return record && inProgress(record) ? { kind: 'in-flight', release: record.id } : undefined
}
