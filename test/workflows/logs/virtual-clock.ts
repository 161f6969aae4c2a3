import type { Clock } from '../../../src/ports/clock.ts'

export interface VirtualClock extends Clock {
  /** Lets time pass: whoever sleeps wakes in turn. */
  pass(ms: number): Promise<void>
  /** Corrects the time: nobody wakes for it, as in a laptop's sleep. */
  jump(ms: number): void
}

/** A clock for work that goes on side by side: time moves only by `pass`, from one sleeper's end to the next. */
export function virtualClock(start: number): VirtualClock {
  let now = start
  let corrected = 0
  const sleepers = new Set<{ until: number; wake: () => void }>()
  const sleep: Clock['sleep'] = async (ms, signal) => {
    if (signal?.aborted) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const wake = () => resolve()
    const sleeper = { until: now + Math.max(0, ms), wake }
    sleepers.add(sleeper)
    signal?.addEventListener('abort', wake, { once: true })
    await promise
    sleepers.delete(sleeper)
    signal?.removeEventListener('abort', wake)
  }
  return {
    now: () => now + corrected,
    elapsed: () => now,
    sleep,
    pause: sleep,
    realMs: (ms) => ms,
    jump(ms) {
      corrected += ms
    },
    async pass(ms) {
      const end = now + ms
      for (;;) {
        await idle()
        const next = Array.from(sleepers).reduce<number>((first, { until }) => Math.min(first, until), end)
        now = Math.max(now, next)
        const due = Array.from(sleepers).filter(({ until }) => until <= now)
        if (due.length === 0) break
        for (const sleeper of due) {
          sleepers.delete(sleeper)
          sleeper.wake()
        }
      }
      await idle()
    },
  }
}

/** Resolves when all that waits for no time has run. */
async function idle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
}
