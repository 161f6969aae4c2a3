import type { LiveMatches } from '../../logs/following/live-matches.ts'
import { seenEvents } from '../../logs/following/seen-events.ts'
import { type Coverage, coverage, type Reading } from '../../logs/following/sweeps.ts'
import type { LogEvent } from '../../logs/model/event.ts'
import type { LogPage } from '../../ports/logs/log-events.ts'
import type { Notice } from './notice.ts'
import { patientPages, type Tailing } from './patient-pages.ts'

/** Gets a group's events, each once, in the order in which they were found. */
export interface Receiver {
  events: (events: LogEvent[]) => Promise<void>
  notice: (notice: Notice) => void
}

/** The content to read of a group. */
export interface Wanted {
  /** The time from which events are wanted, milliseconds since the epoch. */
  start: number
  /** Exclusive; absent for all. */
  until?: number | undefined
  /** CloudWatch's filter pattern; absent for all. */
  pattern?: string | undefined
  /** How long to try while AWS does not answer, milliseconds. */
  patienceMs: number
  /** The number of groups that are read at once. */
  groupCount: () => number
  /** Tells which events Live Tail has given; absent without Live Tail. */
  matches?: LiveMatches | undefined
}

/** Reads the pages of a group and gives new events to the receiver. Its functions throw as `patientPages` does. */
export interface GroupPages {
  covered: Coverage
  /** The page of a read; undefined if the group does not exist, or the user ended the tail. */
  page: (reading: Reading, next: string | undefined) => Promise<LogPage | undefined>
  /**
   * Reads all pages; tells whether it came to the end.
   *
   * @param pauseMs time between pages, so that a long read leaves calls to the polls
   */
  through: (reading: Reading, pauseMs: number) => Promise<boolean>
  /** Notes that a read came to its end. */
  finish: (reading: Reading, pages?: number) => void
  /** Milliseconds since the last new event. */
  quietMs(): number
}

/**
 * A failure that lasts is told this often by all groups together, milliseconds: a silent tail looks like a service
 * without lines.
 */
const tellAgainMs = 30_000

export function groupPages(
  run: Tailing,
  group: string,
  { start, until, pattern, patienceMs, groupCount, matches }: Wanted,
  receiver: Receiver,
): GroupPages {
  const covered = coverage(start, groupCount)
  const seen = seenEvents()
  // A read that AWS kept waiting may still bring events from a time that the others have passed.
  const underWay = new Set<Reading>()
  let lastRead: number | undefined
  let lastEvent = run.clock.now()
  const ask = patientPages(run, group, {
    patienceMs,
    lastRead: () => lastRead,
    tell: receiver.notice,
    tellAgainMs: () => tellAgainMs * groupCount(),
  })

  const bounds = { ...(until === undefined ? {} : { until }), ...(pattern === undefined ? {} : { pattern }) }

  const page = async ({ since }: Reading, next: string | undefined) => {
    const answer = await ask({ group, since, next, ...bounds })
    if (answer === undefined || answer === 'absent') return undefined
    const fresh = seen.fresh(answer.events)
    if (fresh.length === 0) return answer
    lastEvent = run.clock.now()
    await receiver.events(matches?.polled(fresh) ?? fresh)
    return answer
  }
  const finish = (reading: Reading, pages = 1) => {
    covered.done(reading, pages)
    lastRead = Math.max(lastRead ?? 0, reading.begun)
    const oldest = Math.min(covered.oldest(), ...Array.from(underWay, ({ since }) => since))
    seen.forgetBefore(oldest)
    matches?.forgetBefore(oldest)
  }
  return {
    covered,
    page,
    finish,
    through: async (reading, pauseMs) => {
      underWay.add(reading)
      try {
        return await allPages(run, { page, finish }, reading, pauseMs)
      } finally {
        underWay.delete(reading)
      }
    },
    quietMs: () => run.clock.now() - lastEvent,
  }
}

async function allPages(
  { clock, signal }: Tailing,
  { page, finish }: Pick<GroupPages, 'page' | 'finish'>,
  reading: Reading,
  pauseMs: number,
): Promise<boolean> {
  let next: string | undefined
  let count = 0
  do {
    if (count > 0) await clock.sleep(pauseMs, signal)
    const answer = await page(reading, next)
    if (!answer) return false
    next = answer.next
    count += 1
  } while (next !== undefined)
  finish(reading, count)
  return true
}
