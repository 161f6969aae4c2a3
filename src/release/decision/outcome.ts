import { hasInjectedWeight } from '../values/injected-weight.ts'
import { movedSince } from '../values/moved.ts'
import type { AliasState } from '../values/observed.ts'
import { type ReleaseRecord, waitsForPerson, wasRolledBack } from '../values/record.ts'

/**
 * The outcome of a release: `waiting` for a person, still `going` on, or `moved` where something else put the alias elsewhere.
 */
export type Outcome = 'done' | 'rolled-back' | 'waiting' | 'going' | 'moved'

/** Returns the outcome of the release that an alias has on record. One that was rolled back stays so, whatever came after it. */
export function outcomeOf(alias: AliasState, record: ReleaseRecord): Outcome {
  if (record.phase === 'rolled-back') return 'rolled-back'
  if (movedSince(alias, record) || hasInjectedWeight(alias)) return 'moved'
  if (record.phase === 'done') return 'done'
  return waitsForPerson(record) ? 'waiting' : 'going'
}

/**
 * Returns the outcome of a release that was on an alias, judged by the alias as it is now.
 *
 * @param record on the alias now; undefined where it has none
 */
export function outcomeSince(
  release: ReleaseRecord,
  alias: AliasState,
  record: ReleaseRecord | undefined,
): Outcome {
  if (!record) return 'moved'
  if (record.id === release.id) return outcomeOf(alias, record)
  if (wasRolledBack(release, record)) return 'rolled-back'
  // Another release goes back to it, so it held everything.
  return record.held.includes(release.candidate) ? 'done' : 'moved'
}
