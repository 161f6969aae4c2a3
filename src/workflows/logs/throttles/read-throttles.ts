import { asLambdactlError } from '../../../errors/error.ts'
import { stepsFor } from '../../../errors/next-step.ts'
import type { Throttled } from '../../../ports/metrics.ts'
import type { Notice } from '../notice.ts'
import type { Tailing } from '../patient-pages.ts'

/** Throttled requests have no lines: only the metric Throttles counts them. Times are milliseconds since the epoch. */
export interface ThrottleSpan {
  from: number
  /** Exclusive. */
  until: number
}

const minuteMs = 60_000
/** CloudWatch keeps figures of minutes for 15 days, and of hours for 455. */
export const minutesKeptMs = 15 * 24 * 60 * minuteMs

/**
 * Reads when a function was throttled, over all its versions.
 *
 * @returns undefined where the metric can't be read, which is told by a notice
 */
export async function readThrottles(
  { aws, clock, config, signal }: Tailing,
  { name, lambdaName }: { name: string; lambdaName: string },
  { from, until }: ThrottleSpan,
  tell: (notice: Notice) => void,
): Promise<Throttled[] | undefined> {
  const periodMs = clock.now() - from < minutesKeptMs ? minuteMs : 60 * minuteMs
  const begin = from - (from % periodMs)
  try {
    return await aws.metrics.throttles(lambdaName, {
      from: begin,
      until: Math.max(until, begin + 1),
      periodMs,
    })
  } catch (error) {
    if (signal.aborted) return undefined
    const { message: reason, next } = asLambdactlError(error)
    tell({ notice: 'throttles-unknown', function: name, reason, next: stepsFor(config, next) })
    return undefined
  }
}

/** The number of all of them. */
export function countOf(throttled: readonly Throttled[]): number {
  return throttled.reduce((sum, { count }) => sum + count, 0)
}
