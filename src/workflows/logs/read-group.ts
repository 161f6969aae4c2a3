import { seenEvents } from '../../logs/following/seen-events.ts'
import { type Coverage, coverage, type Reading, sweeps } from '../../logs/following/sweeps.ts'
import type { LogEvent } from '../../logs/model/event.ts'
import type { Notice } from './notice.ts'
import { patientPages, type Tailing } from './patient-pages.ts'

/** The receiver of a group's events, each once, in the order in which they were found. */
export interface Receiver {
  events: (events: LogEvent[]) => Promise<void>
  notice: (notice: Notice) => void
}

/** A log group that is read over and over. */
export interface GroupReader {
  /** The time of the last event of the backlog that was read; Infinity once all of it was. Milliseconds since the epoch. */
  position(): number
  /** Reads the next page of the backlog. */
  readOn(): Promise<void>
  /** Reads whatever comes, until the signal is aborted. */
  follow(): Promise<void>
}

/** What is read of a group. */
export interface Wanted {
  /** The time from which events are wanted, milliseconds since the epoch. */
  start: number
  /** Exclusive; absent for all. */
  until?: number | undefined
  /** How long to go on asking where AWS does not answer, milliseconds. */
  patienceMs: number
}

/** The backlog, as far as it was read. */
interface Backlog {
  reading: Reading
  next: string | undefined
  position: number
}

/** A group in which nothing was written for `quietMs` is polled this much less often; milliseconds. */
const quietMs = 60_000
const quietPauseMs = 500

/** A group that does not exist is looked for this often, milliseconds. */
const absentPauseMs = 2000

/** Reads one group. All its functions throw as `patientPages` does. */
export function groupReader(
  run: Tailing,
  group: string,
  { start, until, patienceMs }: Wanted,
  receiver: Receiver,
): GroupReader {
  const covered = coverage(start)
  const seen = seenEvents()
  let lastRead: number | undefined
  let lastEvent = run.clock.now()
  const ask = patientPages(run, group, { patienceMs, lastRead: () => lastRead, tell: receiver.notice })
  let backlog: Backlog | undefined = {
    reading: { since: start, begun: run.clock.now() },
    next: undefined,
    position: start,
  }

  const pageOf = async ({ since }: Reading, next: string | undefined) => {
    const page = await ask({ group, since, next, ...(until === undefined ? {} : { until }) })
    if (page === undefined || page === 'absent') return undefined
    const fresh = seen.fresh(page.events)
    if (fresh.length === 0) return page
    lastEvent = run.clock.now()
    await receiver.events(fresh)
    return page
  }
  const finish = (reading: Reading) => {
    covered.done(reading)
    lastRead = Math.max(lastRead ?? 0, reading.begun)
    seen.forgetBefore(covered.oldest())
  }
  const readThrough = async (reading: Reading) => {
    let next: string | undefined
    do {
      const page = await pageOf(reading, next)
      if (!page) return run.clock.sleep(absentPauseMs, run.signal)
      next = page.next
    } while (next !== undefined)
    finish(reading)
  }
  const pauseMs = () => (run.clock.now() - lastEvent > quietMs ? quietPauseMs : 0)

  return {
    position: () => backlog?.position ?? Number.POSITIVE_INFINITY,
    async readOn() {
      if (!backlog) return
      const { reading, next, position } = backlog
      const page = await pageOf(reading, next)
      if (page?.next === undefined) {
        if (page) finish(reading)
        backlog = undefined
      } else backlog = { reading, next: page.next, position: page.events.at(-1)?.timestamp ?? position }
    },
    async follow() {
      const poll = { covered, which: [0], pauseMs, read: readThrough }
      await Promise.all([sweepOn(run, poll), sweepOn(run, { ...poll, which: widest, pauseMs: () => 0 })])
    },
  }
}

/** Sweeps that are read one at a time. */
interface Sweeping {
  covered: Coverage
  which: readonly number[]
  /** Time by which they are read later than they are due, milliseconds. */
  pauseMs: () => number
  read: (reading: Reading) => Promise<void>
}

async function sweepOn(
  { clock, signal }: Tailing,
  { covered, which, pauseMs, read }: Sweeping,
): Promise<void> {
  while (!signal.aborted) {
    const now = clock.now() - pauseMs()
    const reading = firstDue(covered, which, now)
    const waitMs = Math.min(...which.map(covered.dueAt)) - now
    if (reading) await read({ ...reading, begun: clock.now() })
    else await clock.sleep(Math.min(waitMs, longestWaitMs), signal)
  }
}

/** AWS's clock may be corrected while a read waits for its time. */
const longestWaitMs = 1000

/** The sweeps beside the poll. The widest comes first, since it covers the others. */
const widest = Array.from(sweeps.keys()).slice(1).toReversed()

function firstDue(covered: Coverage, which: readonly number[], now: number): Reading | undefined {
  return which.map((sweep) => covered.due(sweep, now)).find((reading) => reading !== undefined)
}
