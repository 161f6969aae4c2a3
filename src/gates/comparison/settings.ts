import type { ComparisonSettings } from '../../release/plan/comparison.ts'

/** p99 is compared only on request: it needs 1,000 invocations of each version in a minute. */
export const defaultComparison: ComparisonSettings = {
  metrics: ['error-rate', 'throttle-rate', 'duration-p50', 'duration-p90'],
  confidence: 0.95,
  errorRateRatio: 2,
  errorRateFloor: 0.001,
  durationRatio: { p50: 1.2, p90: 1.3, p99: 1.5 },
  durationFloorMs: 5,
  minimumInvocations: 100,
  minimumMinutes: 5,
}

/** The probabilities of error for one metric. */
export interface Levels {
  /** Of failing a candidate that is not worse; split over the metrics, since each of them can roll back. */
  fail: number
  /**
   * Of passing a candidate that is worse by a difference that matters; not split, since every metric has to pass
   * (Berger, 1982).
   */
  pass: number
}

export function levelsOf({ confidence, metrics }: ComparisonSettings): Levels {
  return { fail: (1 - confidence) / metrics.length, pass: 1 - confidence }
}
