import { type Pace, realPace } from '../../clock.ts'

/** Delayed work that keeps no process alive; `clear` drops it. */
export interface Timers {
  /** @param milliseconds of the sandbox's time */
  after(milliseconds: number, work: () => void): void
  clear(): void
}

/** Timers of one service; after `clear` no new work is accepted. */
export function createTimers({ realMs }: Pick<Pace, 'realMs'> = realPace): Timers {
  const pending = new Set<NodeJS.Timeout>()
  let closed = false
  return {
    after(milliseconds, work) {
      if (closed) return
      const timer = setTimeout(() => {
        pending.delete(timer)
        work()
      }, realMs(milliseconds))
      timer.unref()
      pending.add(timer)
    },
    clear() {
      closed = true
      for (const timer of pending) clearTimeout(timer)
      pending.clear()
    },
  }
}
