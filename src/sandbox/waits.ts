import type { Pace } from './clock.ts'

/** Those who wait for something that another request brings. */
export interface Waits {
  /**
   * Waits until the given work tells of an end, or until the time is over.
   *
   * @param ms the longest time, by the sandbox's clock
   * @param watch begins to listen for an earlier end, and returns the end of that
   */
  wait: (ms: number, watch: (end: () => void) => () => void) => Promise<void>
  /** Waits so long, milliseconds of the sandbox's time. */
  pause(ms: number): Promise<void>
  /** Ends all waiting. Later waits end soon, so that nobody waits in vain or without a pause. */
  close(): void
  isClosed(): boolean
}

/** The time that a wait takes once all have ended, milliseconds. */
const closedMs = 50

export function createWaits({ realMs }: Pick<Pace, 'realMs'>): Waits {
  const waiting = new Set<() => void>()
  let closed = false
  const wait: Waits['wait'] = (ms, watch) => {
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
    wait,
    pause: (ms) => wait(ms, () => () => undefined),
    close() {
      closed = true
      for (const end of waiting) end()
    },
    isClosed: () => closed,
  }
}
