import type { Traffic } from '../../release/plan/comparison.ts'

/** One of the two versions. */
export type Role = 'candidate' | 'stable'

/** Metrics that are summed. */
export const counterNames = ['Invocations', 'Errors', 'Throttles'] as const

/** Statistics of Duration, by CloudWatch's names. */
export const percentileNames = ['p50', 'p90', 'p99'] as const

/** CloudWatch's figures for one minute of a version, by counter or percentile. */
export type Reading = Record<string, number | undefined>

/** CloudWatch has no data point if nothing was counted. */
export function trafficOf({ Invocations = 0, Errors = 0, Throttles = 0, p50, p90, p99 }: Reading): Traffic {
  const counts = { invocations: Invocations, errors: Errors, throttles: Throttles }
  if (p50 === undefined || p90 === undefined || p99 === undefined) return counts
  return { ...counts, durationMs: { p50, p90, p99 } }
}
