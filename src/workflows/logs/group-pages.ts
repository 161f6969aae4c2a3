import { type Freshness, freshness } from '../../logs/following/freshness.ts'
import type { LiveMatches } from '../../logs/following/live-matches.ts'
import type { SeenEvents } from '../../logs/following/seen-events.ts'
import { type Coverage, coverage, type Reading, sweeps } from '../../logs/following/sweeps.ts'
import { type PageSizes, pageSizes, type TimeSlice, timeSlices } from '../../logs/following/time-slices.ts'
import type { LogEvent } from '../../logs/model/event.ts'
import type { LogPage, LogQuery } from '../../ports/logs/log-events.ts'
import type { Notice } from './notice.ts'
import { patientPages, type Tailing } from './patient-pages.ts'
import type { ReadTurns } from './read-turns.ts'

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
  turns: ReadTurns
  /** The group's events that were given, by an earlier reader too. */
  seen: SeenEvents
  /** Tells which events Live Tail has given; absent without Live Tail. */
  matches?: LiveMatches | undefined
}

/** Reads the pages of a group and gives new events to the receiver. Its functions throw as `patientPages` does. */
export interface GroupPages {
  covered: Coverage
  /** The next page of the backlog; undefined if the group does not exist, or the user ended the tail. */
  page: (reading: Reading, next: string | undefined) => Promise<LogPage | undefined>
  /** Reads all pages, those of several parts of the time side by side; tells whether it came to the end. */
  poll: (reading: Reading) => Promise<boolean>
  /**
   * Reads all pages when no poll is to be read; tells whether it came to the end.
   *
   * @param pauseMs time between pages, so that a long read leaves calls to the polls
   */
  sweep: (reading: Reading, pauseMs: number) => Promise<boolean>
  /** Reports a call that AWS has not answered for long. */
  tellSlow: () => void
  /** Notes that a read came to its end. */
  finish: (reading: Reading, pages?: number) => void
  /** Whether nothing was written for a minute. */
  isQuiet: () => boolean
  /** All events up to this time are read that were visible at it; Infinity if no read is to be waited for. */
  readTo: () => number
}

/**
 * A failure that lasts is told this often by all groups together, milliseconds: a silent tail looks like a service
 * without lines.
 */
const tellAgainMs = 30_000

export function groupPages(run: Tailing, group: string, wanted: Wanted, receiver: Receiver): GroupPages {
  const { start, groupCount, matches, seen, turns } = wanted
  const covered = coverage(start, groupCount)
  const now = () => run.clock.now()
  const fresh = freshness(now())
  // A read that AWS kept waiting may still bring events from a time that the others have passed.
  const underWay = new Set<Reading>()
  const urgency = () => fresh.urgency(now(), groupCount())
  const { page, tellSlow } = pageReader(run, { ...wanted, group, fresh }, receiver)
  const finish = (reading: Reading, pages = 1) => {
    covered.done(reading, pages)
    fresh.readAt(reading.begun)
    const oldest = Math.min(covered.oldest(), ...Array.from(underWay, ({ since }) => since))
    seen.forgetBefore(oldest)
    matches?.forgetBefore(oldest)
  }
  const allPages = (slice: TimeSlice, how: PagesOf) =>
    pagesOf(run, turns, (next) => page(queryOf(group, wanted, slice, next), how.urgency), how)
  const noted = async (reading: Reading, read: () => Promise<number | undefined>) => {
    underWay.add(reading)
    const pages = await read().finally(() => underWay.delete(reading))
    if (pages !== undefined) finish(reading, pages)
    return pages !== undefined
  }
  const sizes = Array.from(sweeps, pageSizes)
  return {
    covered,
    tellSlow,
    finish,
    isQuiet: () => fresh.isQuiet(now()),
    readTo: () => fresh.readTo(now()),
    async page({ since }, next) {
      await turns.take(urgency)
      return page(queryOf(group, wanted, { since, until: undefined }, next), urgency)
    },
    poll: (reading) =>
      noted(reading, async () => {
        await turns.take(urgency)
        reading.begun = now()
        return readSlices(reading, sizes[reading.sweep ?? 0] ?? pageSizes(), (slice, how) =>
          allPages(slice, { ...how, urgency }),
        )
      }),
    sweep: (reading, pauseMs) =>
      noted(reading, () => allPages({ since: reading.since, until: undefined }, { pauseMs })),
  }
}

/** A group, with all that is known of it. */
interface Known extends Wanted {
  group: string
  fresh: Freshness
}

/** Reads a page and gives its new events to the receiver. */
function pageReader(
  run: Tailing,
  { group, seen, fresh, matches, patienceMs, groupCount, turns }: Known,
  { events, notice }: Receiver,
): { page: (query: LogQuery, how: Urgency) => Promise<LogPage | undefined>; tellSlow: () => void } {
  const now = () => run.clock.now()
  const { ask, tellSlow } = patientPages(run, group, {
    patienceMs,
    lastRead: fresh.lastRead,
    tell: notice,
    tellAgainMs: () => tellAgainMs * groupCount(),
    turns,
  })
  const page = async (query: LogQuery, how: Urgency) => {
    const answer = await ask(query, how)
    fresh.exists(answer !== 'absent', now())
    if (answer === undefined || answer === 'absent') return undefined
    const found = seen.fresh(answer.events)
    if (found.length === 0) return answer
    fresh.wrote(newestOf(found), now())
    await events(matches?.polled(found) ?? found)
    return answer
  }
  return { page, tellSlow }
}

/** Reads the parts of a read side by side; returns the number of their pages. The first part has its turn already. */
async function readSlices(
  { since, begun }: Reading,
  sizes: PageSizes,
  read: (slice: TimeSlice, how: PagesOf) => Promise<number | undefined>,
): Promise<number | undefined> {
  const slices = timeSlices(since, begun, sizes.needed())
  const counts = await Promise.all(slices.map((slice, at) => read(slice, { sizes, hasTurn: at === 0 })))
  sizes.finish()
  return sumOf(counts)
}

function queryOf(
  group: string,
  { until, pattern }: Wanted,
  slice: TimeSlice,
  next: string | undefined,
): LogQuery {
  const ends = [slice.until, until].filter((end) => end !== undefined)
  const bounds = ends.length === 0 ? {} : { until: Math.min(...ends) }
  return { group, since: slice.since, next, ...bounds, ...(pattern === undefined ? {} : { pattern }) }
}

type Urgency = (() => number) | undefined

/** How all pages of a part of the time are read. */
interface PagesOf {
  urgency?: Urgency
  /** Milliseconds between pages; 0 by default. */
  pauseMs?: number
  sizes?: PageSizes
  /** Whether the first page has its turn already. */
  hasTurn?: boolean
}

/** Reads all pages; returns their number, undefined if it did not come to the end. */
async function pagesOf(
  { clock, signal }: Tailing,
  turns: ReadTurns,
  page: (next: string | undefined) => Promise<LogPage | undefined>,
  { urgency, sizes, pauseMs = 0, hasTurn = false }: PagesOf,
): Promise<number | undefined> {
  let next: string | undefined
  let count = 0
  do {
    if (count > 0) await clock.sleep(pauseMs, signal)
    if (count > 0 || !hasTurn) await turns.take(urgency)
    const answer = await page(next)
    if (!answer) return undefined
    next = answer.next
    count += 1
    sizes?.page(answer.events.length, next === undefined)
  } while (next !== undefined)
  return count
}

function sumOf(counts: readonly (number | undefined)[]): number | undefined {
  return counts.reduce(
    (sum, count) => (sum === undefined || count === undefined ? undefined : sum + count),
    0,
  )
}

function newestOf(events: readonly LogEvent[]): number {
  return events.reduce((newest, { timestamp }) => Math.max(newest, timestamp), Number.NEGATIVE_INFINITY)
}
