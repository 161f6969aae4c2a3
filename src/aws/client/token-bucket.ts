import type { Clock } from '../../ports/clock.ts'

/** Lets callers through at a rate; short bursts up to one second's worth pass at once. */
export interface TokenBucket {
  /** Resolves when the caller may go. First come, first served. */
  take(): Promise<void>
}

/** @param perSecond the quota, in calls a second */
export function tokenBucket(perSecond: number, clock: Clock): TokenBucket {
  let tokens = perSecond
  let filledAt = clock.elapsed()
  return {
    async take() {
      const now = clock.elapsed()
      tokens = Math.min(perSecond, tokens + (Math.max(0, now - filledAt) * perSecond) / 1000)
      filledAt = now
      tokens -= 1
      if (tokens < 0) await clock.sleep((-tokens / perSecond) * 1000)
    },
  }
}
