import type { Clock } from '../../ports/clock.ts'
import type { Journal, JournalEntry } from '../../ports/journal.ts'

/** A journal that is read again only after this time, milliseconds: a person who watches causes few calls. */
const freshMs = 60_000

/** Remembers what it has read for a minute. */
export function rememberedJournal(journal: Journal, clock: Pick<Clock, 'now'>): Journal {
  const known = new Map<string, { at: number; entries: Promise<JournalEntry[]> }>()
  const remembered = (key: string, read: () => Promise<JournalEntry[]>) => {
    const found = known.get(key)
    if (found && clock.now() - found.at < freshMs) return found.entries
    const entries = read()
    known.set(key, { at: clock.now(), entries })
    entries.catch(() => known.delete(key))
    return entries
  }
  return {
    ...journal,
    read: (releaseId) => remembered(`release ${releaseId}`, () => journal.read(releaseId)),
    beginning: (prefix) => remembered(`beginning ${prefix}`, () => journal.beginning(prefix)),
    since: (time, lambdaName) => remembered(`of ${lambdaName}`, () => journal.since(time, lambdaName)),
  }
}
