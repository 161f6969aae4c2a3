import type { Pace } from '../../clock.ts'
import type { Queue } from './queue.ts'

/** Those who wait for messages. */
export interface Waits {
  /**
   * Waits until a queue may have a message that can be received: one has come, or becomes visible.
   *
   * @param ms the longest time, by the sandbox's clock
   */
  until(queue: Queue, ms: number): Promise<void>
  /** Waits so long, milliseconds of the sandbox's time. */
  pause(ms: number): Promise<void>
  /** Ends all waiting. Later waits end soon, so that nobody waits in vain or without a pause. */
  close(): void
  isClosed(): boolean
}

/** The time that a wait takes once all have ended, milliseconds. */
const closedMs = 50

export function createWaits(clock: () => number, { realMs }: Pick<Pace, 'realMs'>): Waits {
  const waiting = new Set<() => void>()
  let closed = false
  /** @param watch begins to listen for an earlier end, and returns the end of that */
  const wait = (ms: number, watch: (end: () => void) => () => void): Promise<void> => {
    if (closed) return new Promise((resolve) => void setTimeout(resolve, closedMs).unref())
    const { promise, resolve } = Promise.withResolvers<void>()
    const end = () => {
      clearTimeout(timer)
      unwatch()
      waiting.delete(end)
      resolve()
    }
    const timer = setTimeout(end, realMs(Math.max(0, ms))).unref()
    const unwatch = watch(end)
    waiting.add(end)
    return promise
  }
  return {
    until(queue, ms) {
      const shown = (queue.nextVisible ?? Infinity) - clock()
      return wait(Math.min(ms, shown), (end) => queue.watch(end))
    },
    pause: (ms) => wait(ms, () => () => undefined),
    close() {
      closed = true
      for (const end of waiting) end()
    },
    isClosed: () => closed,
  }
}
