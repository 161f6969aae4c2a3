import { functionStreams } from '../../operation/history/streams.ts'
import type { Journal, JournalEntry } from '../../ports/journal.ts'
import type { Run } from '../run/run.ts'

/** Has the stops of all functions be read at once, and the pauses, at the first question about one of them. */
export function readingTogether(run: Run): Run {
  return { ...run, aws: { ...run.aws, journal: readTogether(run.aws.journal) } }
}

function readTogether(journal: Journal): Journal {
  const known = new Map<string, Promise<JournalEntry[]>>()
  return {
    ...journal,
    async read(stream) {
      const begin = [functionStreams.stops, functionStreams.pauses].find((each) => stream.startsWith(each))
      if (begin === undefined) return journal.read(stream)
      const entries = known.get(begin) ?? journal.beginning(begin)
      known.set(begin, entries)
      return (await entries).filter(({ release }) => release === stream)
    },
  }
}
