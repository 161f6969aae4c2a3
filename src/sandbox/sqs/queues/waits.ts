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
  /** Ends all waiting; later waits end at once. */
  close(): void
}

export function createWaits(clock: () => number, { realMs }: Pick<Pace, 'realMs'>): Waits {
  const waiting = new Set<() => void>()
  let isClosed = false
  return {
    until(queue, ms) {
      if (isClosed) return Promise.resolve()
      const { promise, resolve } = Promise.withResolvers<void>()
      const shown = (queue.nextVisible ?? Infinity) - clock()
      const timer = setTimeout(() => end(), realMs(Math.max(0, Math.min(ms, shown)))).unref()
      const unwatch = queue.watch(() => end())
      const end = () => {
        clearTimeout(timer)
        unwatch()
        waiting.delete(end)
        resolve()
      }
      waiting.add(end)
      return promise
    },
    close() {
      isClosed = true
      for (const end of waiting) end()
    },
  }
}
