import type { Journal, JournalEntry } from '../../src/ports/journal.ts'
import type { Calls } from './calls.ts'

/** An entry with its stream. */
export interface KeptEntry {
  releaseId: string
  entry: JournalEntry
}

/** A journal in memory. */
export function fakeJournal(calls: Calls, entries: () => KeptEntry[]): Journal {
  const of = (isWanted: (kept: KeptEntry) => boolean) =>
    entries()
      .filter(isWanted)
      .map(({ releaseId, entry }) => ({ ...entry, release: releaseId }))
  return {
    append: (releaseId, entry) =>
      calls.perform('journal.append', () => void entries().push({ releaseId, entry })),
    read: (stream) => calls.perform('journal.read', () => of(({ releaseId }) => releaseId === stream)),
    beginning: (prefix) =>
      calls.perform('journal.beginning', () => of(({ releaseId }) => releaseId.startsWith(prefix))),
    since: (time) => calls.perform('journal.since', () => of(({ entry }) => entry.time >= time)),
  }
}
