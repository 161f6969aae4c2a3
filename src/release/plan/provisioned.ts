import { movedSince } from '../values/moved.ts'
import type { AliasState } from '../values/observed.ts'
import { inProgress, parseRecord, type ReleaseRecord } from '../values/record.ts'
import type { PlannedConcurrency, StableConcurrency } from './planned-concurrency.ts'

/** Provisioned concurrency of a version or alias. */
export interface ProvisionedConcurrency {
  /** A version number or an alias. */
  qualifier: string
  /** Environments. */
  requested: number
  /** Environments. */
  available: number
  status: 'IN_PROGRESS' | 'READY' | 'FAILED'
  /** AWS's reason for FAILED. */
  reason: string | undefined
  /** The time of its last change, milliseconds since the epoch; undefined if AWS does not tell. */
  modified?: number | undefined
}

/**
 * Plans the provisioned concurrency of a release; undefined for a function that has none.
 *
 * @param found all of the function's
 * @param alias its present state; undefined before the first release
 * @param configured environments that lambdactl.yaml asks for
 */
export function planConcurrency(
  found: readonly ProvisionedConcurrency[],
  alias: AliasState | undefined,
  configured: number | undefined,
): PlannedConcurrency | undefined {
  const stable = alias && stableConcurrency(found, alias, configured)
  const ofStable = found.find(({ qualifier }) => qualifier === alias?.version)
  const amount = configured ?? stable?.amount ?? ofStable?.requested
  return amount === undefined ? undefined : { amount, ...(stable ? { stable } : {}) }
}

function stableConcurrency(
  found: readonly ProvisionedConcurrency[],
  alias: AliasState,
  configured: number | undefined,
): StableConcurrency | undefined {
  const ofAlias = found.find(({ qualifier }) => qualifier === alias.name)
  if (ofAlias) return { amount: ofAlias.requested, why: 'alias' }
  const ofStable = found.find(({ qualifier }) => qualifier === alias.version)
  if (ofStable?.status === 'IN_PROGRESS') return { amount: ofStable.requested, why: 'pending' }
  if (ofStable || configured !== undefined) return undefined
  // Only lambdactl gives environments to a version before the alias reaches it.
  const ahead = strays(found, alias).findLast(({ qualifier }) => Number(qualifier) > Number(alias.version))
  return ahead && { amount: ahead.requested, why: 'cut-off' }
}

/** Versions with provisioned concurrency that an alias neither serves nor goes back to, the oldest first. */
export function strays(
  found: readonly ProvisionedConcurrency[],
  { version, weight, description }: AliasState,
): ProvisionedConcurrency[] {
  const known = [version, weight?.version, ...(parseRecord(description)?.held ?? [])]
  return found
    .filter(({ qualifier }) => /^\d+$/.test(qualifier) && !known.includes(qualifier))
    .toSorted((a, b) => Number(a.qualifier) - Number(b.qualifier))
}

/** The parts of a release that tell which versions it leaves behind. */
export type Leaving = Pick<ReleaseRecord, 'id' | 'candidate' | 'held'>

/**
 * The versions that a release no longer needs: the earlier ones once it is done, and its candidate once it was rolled
 * back or replaced. Empty while it is in progress.
 *
 * @param alias its present state; undefined if it was deleted
 */
export function versionsLeft(alias: AliasState | undefined, { id, candidate, held }: Leaving): string[] {
  const record = alias && parseRecord(alias.description)
  if (!record || record.id !== id) return [candidate]
  if (record.phase === 'done') return held.filter((version) => version !== candidate)
  return inProgress(record) && !movedSince(alias, record) ? [] : [candidate]
}

/**
 * The reason why a version must keep its environments: the first alias that invokes it, with its share; undefined if
 * there is none.
 */
export function usedBy(version: string, aliases: readonly AliasState[]): string | undefined {
  const user = aliases.find((alias) => alias.version === version || alias.weight?.version === version)
  if (!user) return undefined
  return user.weight?.version === version
    ? `alias ${user.name} gives it ${user.weight.percent}%`
    : `alias ${user.name} points to it`
}
