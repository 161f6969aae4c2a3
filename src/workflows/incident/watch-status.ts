import { LambdactlError } from '../../errors/error.ts'
import type { Run } from '../run/run.ts'
import { type AskedTraffic, type Recent, readRecent } from './recent-traffic.ts'
import { rememberedJournal } from './remembered-journal.ts'
import { type FunctionStatus, type StatusAsked, serviceStatus } from './status.ts'

/** One look at all functions. */
export interface StatusLook {
  /** Milliseconds since the epoch. */
  at: number
  /** The last state that could be read. */
  statuses: FunctionStatus[]
  /** The reason why this look failed; the next one may succeed. */
  failure?: string
}

/** The pause between two looks: for each function, and at least; milliseconds. A look reads each alias by itself, and Lambda takes 15 such calls a second from an account. */
const pauseOfEachMs = 500
const leastPauseMs = 5000

/**
 * Looks at functions until the signal of the run is aborted; it only reads. Figures are read once a minute, since
 * CloudWatch counts by minutes and charges for each look.
 *
 * @throws LambdactlError if the first look fails
 */
export async function watchStatus(
  given: Run,
  asked: readonly StatusAsked[],
  see: (look: StatusLook) => void,
): Promise<void> {
  const { clock, signal } = given
  const journal = rememberedJournal(given.aws.journal, clock)
  const run = { ...given, aws: { ...given.aws, journal } }
  const options = { listsVersions: false, readRecent: recentEachMinute(run) }
  const pauseMs = Math.max(leastPauseMs, asked.length * pauseOfEachMs)
  let statuses: FunctionStatus[] | undefined
  while (!signal.aborted) {
    try {
      statuses = await serviceStatus(run, asked, options)
      if (!signal.aborted) see({ at: clock.now(), statuses })
    } catch (error) {
      if (signal.aborted) return
      if (!statuses || !(error instanceof LambdactlError) || error.code === 'BUG') throw error
      see({ at: clock.now(), statuses, failure: error.message })
    }
    await clock.sleep(pauseMs, signal)
  }
}

const minuteMs = 60_000
/** CloudWatch has the figures of a minute so long after its end, milliseconds. */
const countedAfterMs = 20_000

/** Reads the figures again when CloudWatch has a new minute, and when an alias moves. */
function recentEachMinute(run: Run): (asked: readonly AskedTraffic[]) => Promise<Recent> {
  let read: { key: string; recent: Promise<Recent> } | undefined
  return (asked) => {
    const minute = Math.floor((run.clock.now() - countedAfterMs) / minuteMs)
    const key = JSON.stringify([minute, asked.map(({ alias }) => [alias?.version, alias?.weight])])
    if (read?.key !== key) read = { key, recent: readRecent(run, asked) }
    return read.recent
  }
}
