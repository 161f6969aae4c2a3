import type { Clock } from '../../ports/clock.ts'

/** Limits callers to a rate; a burst of up to one second's calls passes at once. */
export interface TokenBucket {
  /** Resolves when the caller may go, in the order of arrival. */
  take(): Promise<void>
}

/**
 * A bucket of AWS's seconds: at a sandbox whose clock runs faster, its calls keep to the same rate of that clock.
 *
 * @param perSecond the quota, in calls a second
 */
export function tokenBucket(
  perSecond: number,
  clock: Pick<Clock, 'elapsed' | 'pause' | 'realMs'>,
): TokenBucket {
  let tokens = perSecond
  let filledAt = clock.elapsed()
  return {
    async take() {
      const now = clock.elapsed()
      const tokenMs = clock.realMs(1000) / perSecond
      tokens = Math.min(perSecond, tokens + Math.max(0, now - filledAt) / tokenMs)
      filledAt = now
      tokens -= 1
      if (tokens < 0) await clock.pause(-tokens * tokenMs)
    },
  }
}
