import type { Clock } from '../../ports/clock.ts'

/** Limits callers to a rate; a burst of up to one second's calls passes at once. */
export interface TokenBucket {
  /** Resolves when the caller may go, in the order of arrival. */
  take(): Promise<void>
}

/** @param perSecond the quota, in calls a second */
export function tokenBucket(perSecond: number, clock: Pick<Clock, 'elapsed' | 'pause'>): TokenBucket {
  let tokens = perSecond
  let filledAt = clock.elapsed()
  return {
    async take() {
      const now = clock.elapsed()
      tokens = Math.min(perSecond, tokens + (Math.max(0, now - filledAt) * perSecond) / 1000)
      filledAt = now
      tokens -= 1
      if (tokens < 0) await clock.pause((-tokens / perSecond) * 1000)
    },
  }
}
