import { type Reading, sweeps } from '../../logs/following/sweeps.ts'
import { type GroupPages, groupPages, type Receiver, type Wanted } from './group-pages.ts'
import type { Tailing } from './patient-pages.ts'

/** A log group that is read repeatedly. */
export interface GroupReader {
  /**
   * The time of the last event of the backlog that was read; Infinity once all of it was. Milliseconds since the epoch.
   */
  position(): number
  /** Reads the next page of the backlog. */
  readOn(): Promise<void>
  /** Reads new events until the signal is aborted. */
  follow(): Promise<void>
  /** All events up to this time are read that were visible at it; Infinity if no read is to be waited for. */
  readTo: () => number
}

/** The backlog, as far as it was read. */
interface Backlog {
  reading: Reading
  next: string | undefined
  position: number
}

/** A quiet group is polled this much later, milliseconds. */
const quietPauseMs = 500

/** The wide sweeps of all groups together ask for a page this often, milliseconds: the other calls are the polls'. */
const sweepPageMs = 400

/** How often a missing group is looked for, milliseconds. */
const absentPauseMs = 2000

/** Reads one group. All its functions throw as `patientPages` does. */
export function groupReader(run: Tailing, group: string, wanted: Wanted, receiver: Receiver): GroupReader {
  const pages = groupPages(run, group, wanted, receiver)
  const { groupCount, start } = wanted
  let backlog: Backlog | undefined = {
    reading: { since: start, begun: run.clock.now() },
    next: undefined,
    position: start,
  }
  const isWidePoll = () => pages.covered.pagesOf(widePoll) > 1
  const sweep = (reading: Reading) => pages.sweep(reading, sweepPageMs * groupCount())
  return {
    readTo: pages.readTo,
    position: () => backlog?.position ?? Number.POSITIVE_INFINITY,
    async readOn() {
      if (!backlog) return
      const { reading, next, position } = backlog
      const page = await pages.page(reading, next)
      if (page?.next === undefined) {
        if (page) pages.finish(reading)
        backlog = undefined
      } else backlog = { reading, next: page.next, position: page.events.at(-1)?.timestamp ?? position }
    },
    async follow() {
      await Promise.all([
        readOn(run, pages, {
          which: () => (isWidePoll() ? [narrowPoll] : [widePoll, narrowPoll]),
          pauseMs: () => (pages.isQuiet() ? quietPauseMs : 0),
          read: pages.poll,
        }),
        readOn(run, pages, { which: () => (isWidePoll() ? [widePoll] : []), read: pages.poll }),
        readOn(run, pages, { which: () => widest, read: sweep }),
        lookForSlow(run, pages),
      ])
    },
  }
}

/** Reads that are made one at a time. */
interface Reads {
  which: () => readonly number[]
  /** How much later than planned they are made, milliseconds; 0 by default. */
  pauseMs?: () => number
  /** Tells whether it came to the end. */
  read: (reading: Reading) => Promise<boolean>
}

async function readOn(
  { clock, signal }: Tailing,
  { covered }: GroupPages,
  { which, pauseMs = () => 0, read }: Reads,
): Promise<void> {
  while (!signal.aborted) {
    const now = clock.now()
    const due = which().map((sweep) => covered.due(sweep, now, pauseMs()))
    const reading = due.find((each) => each !== undefined)
    const waitMs = Math.min(...which().map(covered.dueAt)) + pauseMs() - now
    if (!reading) await clock.sleep(Math.min(waitMs, longestWaitMs), signal)
    else if (!(await read(reading))) await clock.sleep(absentPauseMs, signal)
  }
}

async function lookForSlow({ clock, signal }: Tailing, { tellSlow }: GroupPages): Promise<void> {
  while (!signal.aborted) {
    await clock.pause(slowEveryMs, signal)
    tellSlow()
  }
}

/** How often slow calls are looked for, milliseconds. */
const slowEveryMs = 1000
/** AWS's clock may be corrected while a read waits for its time. */
const longestWaitMs = 1000

/**
 * The two reads of the poll. The wide one finds all that the narrow one does, so it is made alone while it is one page,
 * and beside the narrow one if it is several.
 */
const [narrowPoll, widePoll] = [0, 1]
/** The sweeps beside the poll. The widest comes first, since it covers the others. */
const widest = Array.from(sweeps.keys()).slice(2).toReversed()
