import { servingVersion } from '../values/injected-weight.ts'
import { movedSince } from '../values/moved.ts'
import type { AliasState } from '../values/observed.ts'
import { inProgress, type ReleaseRecord } from '../values/record.ts'

/**
 * Whether the alias is where a rollback put it, by a gate or a person, and nothing was released or moved since: another
 * rollback would leave a healthy version.
 */
export function isBack(alias: AliasState, record: ReleaseRecord | undefined): boolean {
  return record?.phase === 'rolled-back' && !movedSince(alias, record)
}

/**
 * The versions that a rollback may go to: first the last one that held 100%, then those before it, for where that one was
 * deleted. None when nothing tells.
 *
 * While a release is in progress the first is the stable version; after one it is the version before the present one.
 * Without a record, weights alone tell: the alias's own version held everything before they were set, or, where Lambda
 * set one of 100%, that one's version still does.
 */
export function rollbackTargets(alias: AliasState, record: ReleaseRecord | undefined): string[] {
  if (!record) return alias.weight ? [servingVersion(alias)] : []
  if (inProgress(record)) return record.held.filter((version) => version !== record.candidate)
  if (alias.weight) return [isHeldUp(alias, record) ? alias.version : servingVersion(alias)]
  return record.held.filter((version) => version !== alias.version)
}

/** A rollback was made, and Lambda keeps the traffic where it was until environments are ready. */
function isHeldUp({ version }: AliasState, { phase, held }: ReleaseRecord): boolean {
  return phase === 'rolled-back' && version === held[0]
}

/** The way back of an alias: where a rollback goes, and which versions of it were deleted. */
export interface WayBack {
  /** Where a rollback goes; undefined: nowhere, for all are gone. */
  to: string | undefined
  /** The last one that held 100% first. */
  gone: string[]
  /** A sentence for a person; undefined where nothing is gone. */
  summary: string | undefined
}

/**
 * Finds the way back that is left.
 *
 * @param existing the function's versions
 * @returns undefined where no version held 100% before
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

/** Says which versions of the way back were deleted; undefined where none were. */
export function goneWords(to: string | undefined, gone: readonly string[]): string | undefined {
  const [one, ...more] = gone
  if (one === undefined) return undefined
  const are = more.length === 0 ? `version ${one} is gone` : `versions ${gone.join(', ')} are gone`
  return to === undefined ? `there is no way back: ${are}` : `${are}; the way back goes to version ${to}`
}
