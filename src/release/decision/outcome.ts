import { hasInjectedWeight } from '../values/injected-weight.ts'
import { movedSince } from '../values/moved.ts'
import type { AliasState } from '../values/observed.ts'
import { type ReleaseRecord, waitsForPerson, wasRolledBack } from '../values/record.ts'

/** The outcome of a release: `waiting` for a person, still `going` on, or `moved` if something else moved the alias. */
export type Outcome = 'done' | 'rolled-back' | 'waiting' | 'going' | 'moved'

/** Returns the outcome of the release in an alias's record. A rolled-back release stays so after later changes. */
export function outcomeOf(alias: AliasState, record: ReleaseRecord): Outcome {
  if (record.phase === 'rolled-back') return 'rolled-back'
  if (movedSince(alias, record) || hasInjectedWeight(alias)) return 'moved'
  if (record.phase === 'done') return 'done'
  return waitsForPerson(record) ? 'waiting' : 'going'
}

/**
 * Returns the outcome of an earlier release of an alias, by the alias's present state.
 *
 * @param record on the alias now; undefined if it has none
 */
export function outcomeSince(
  release: ReleaseRecord,
  alias: AliasState,
  record: ReleaseRecord | undefined,
): Outcome {
  if (!record) return 'moved'
  if (record.id === release.id) return outcomeOf(alias, record)
  if (wasRolledBack(release, record)) return 'rolled-back'
  // A later release can go back to this version, so it held 100%.
  return record.held.includes(release.candidate) ? 'done' : 'moved'
}
