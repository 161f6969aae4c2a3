import { servingVersion } from '../values/injected-weight.ts'
import { movedSince } from '../values/moved.ts'
import type { AliasState } from '../values/observed.ts'
import { inProgress, type ReleaseRecord } from '../values/record.ts'

/**
 * Tells whether the alias is where a rollback put it, by a gate or a person, and nothing was released or moved since.
 * Another rollback would leave a healthy version.
 */
export function isBack(alias: AliasState, record: ReleaseRecord | undefined): boolean {
  return record?.phase === 'rolled-back' && !movedSince(alias, record)
}

/**
 * The versions that a rollback may go to: the last one that held 100%, then earlier ones, in case that one was deleted.
 * Empty if no source tells.
 *
 * During a release the first is the stable version; after it, the version before the present one. Without a record only
 * the weights tell: the alias's own version held 100% before they were set, or, if Lambda set a weight of 100%, that
 * weight's version still does.
 */
export function rollbackTargets(alias: AliasState, record: ReleaseRecord | undefined): string[] {
  if (!record) return alias.weight ? [servingVersion(alias)] : []
  if (inProgress(record)) return record.held.filter((version) => version !== record.candidate)
  if (alias.weight) return [isHeldUp(alias, record) ? alias.version : servingVersion(alias)]
  return record.held.filter((version) => version !== alias.version)
}

/** A rollback was made, but Lambda keeps the traffic in its old place until environments are ready. */
function isHeldUp({ version }: AliasState, { phase, held }: ReleaseRecord): boolean {
  return phase === 'rolled-back' && version === held[0]
}

/** The way back of an alias: the target of a rollback, and the versions that were deleted. */
export interface WayBack {
  /** The target of a rollback; undefined if all versions are deleted. */
  to: string | undefined
  /** Deleted versions, the last one that held 100% first. */
  gone: string[]
  /** A sentence for a person; undefined if no version was deleted. */
  summary: string | undefined
}

/**
 * Finds the remaining way back.
 *
 * @param existing the function's versions
 * @returns undefined if no version held 100% before
 */
export function wayBack(
  alias: AliasState,
  record: ReleaseRecord | undefined,
  existing: readonly string[],
): WayBack | undefined {
  const targets = rollbackTargets(alias, record)
  if (targets.length === 0) return undefined
  const exists = (version: string) => version === '$LATEST' || existing.includes(version)
  const to = targets.find(exists)
  const gone = targets.filter((version) => !exists(version))
  return { to, gone, summary: goneWords(to, gone) }
}

/** Names the deleted versions of the way back; undefined if there are none. */
export function goneWords(to: string | undefined, gone: readonly string[]): string | undefined {
  const [one, ...more] = gone
  if (one === undefined) return undefined
  const are =
    more.length === 0 ? `version ${one} no longer exists` : `versions ${gone.join(', ')} no longer exist`
  return to === undefined ? `a rollback is not possible: ${are}` : `${are}; a rollback goes to version ${to}`
}
