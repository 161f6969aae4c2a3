import { callRate } from '../../logs/following/call-rate.ts'
import { turnOrder, type WaitingRead } from '../../logs/following/turn-order.ts'
import type { Run } from '../run/run.ts'

/** Shares the account's quota of reads among all reads of a tail. */
export interface ReadTurns {
  /**
   * Resolves when a page may be asked for, or the tail ends.
   *
   * @param urgency the most urgent read is first; undefined for a sweep, which can wait
   */
  take(urgency: (() => number) | undefined): Promise<void>
  answered: () => void
  /** Notes that AWS throttled a call, or failed. */
  refused: () => void
  /** The number of turns until now. */
  taken: () => number
}

/** After a pause, the calls of this time may be made at once; milliseconds. */
const burstMs = 500

interface Waiting extends WaitingRead {
  go: () => void
}

export function readTurns({ clock, signal }: Pick<Run, 'clock' | 'signal'>): ReadTurns {
  const waiting: Waiting[] = []
  const order = turnOrder<Waiting>()
  const rate = callRate()
  let nextAt = clock.elapsed()
  let isServing = false
  let taken = 0

  const pace = async () => {
    const waitMs = nextAt - clock.elapsed()
    if (waitMs > 0) await clock.pause(waitMs, signal)
    nextAt = Math.max(nextAt, clock.elapsed() - burstMs) + rate.everyMs()
  }
  const serve = async () => {
    isServing = true
    while (waiting.length > 0) {
      await pace()
      // At the end of the tail all that wait go, and none asks AWS.
      if (!signal.aborted) taken += 1
      order.next(waiting)?.go()
    }
    isServing = false
  }
  return {
    async take(urgency) {
      if (signal.aborted) return
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.push({ urgency, go: resolve })
      if (!isServing) void serve()
      await promise
    },
    answered: rate.answered,
    refused: () => rate.refused(clock.elapsed()),
    taken: () => taken,
  }
}
