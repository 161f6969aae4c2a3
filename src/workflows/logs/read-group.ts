import { type Coverage, type Reading, sweeps } from '../../logs/following/sweeps.ts'
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
  const pauseMs = () => (pages.quietMs() > quietMs ? quietPauseMs : 0)
  return {
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
        sweepOn(run, pages, { which: polls, pauseMs, pageMs: () => 0 }),
        sweepOn(run, pages, { which: widest, pauseMs: () => 0, pageMs: () => sweepPageMs * groupCount() }),
      ])
    },
  }
}

/** Sweeps that are read one at a time. */
interface Sweeping {
  which: readonly number[]
  /** How much later than planned they are read, milliseconds. */
  pauseMs: () => number
  /** Time between pages, milliseconds. */
  pageMs: () => number
}

async function sweepOn(
  { clock, signal }: Tailing,
  { covered, through }: GroupPages,
  { which, pauseMs, pageMs }: Sweeping,
): Promise<void> {
  while (!signal.aborted) {
    const now = clock.now() - pauseMs()
    const reading = firstDue(covered, which, now)
    const waitMs = Math.min(...which.map(covered.dueAt)) - now
    if (!reading) await clock.sleep(Math.min(waitMs, longestWaitMs), signal)
    else if (!(await through({ ...reading, begun: clock.now() }, pageMs())))
      await clock.sleep(absentPauseMs, signal)
  }
}

/** AWS's clock may be corrected while a read waits for its time. */
const longestWaitMs = 1000

/** The two reads of the poll, and the sweeps beside it. The widest comes first, since it covers the others. */
const polls = [1, 0]
const widest = Array.from(sweeps.keys()).slice(2).toReversed()

function firstDue(covered: Coverage, which: readonly number[], now: number): Reading | undefined {
  return which.map((sweep) => covered.due(sweep, now)).find((reading) => reading !== undefined)
}
