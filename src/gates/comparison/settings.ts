import type { ComparisonSettings } from '../../release/plan/comparison.ts'

/** p99 is not compared unless asked for: it takes 1,000 invocations of each version a minute. */
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

/** Probabilities of error that one metric may spend. */
export interface Levels {
  /** Of calling a candidate worse that is not: split over the metrics, since each of them can roll back. */
  fail: number
  /** Of passing a candidate that is worse by what matters: whole, since every metric has to pass (Berger, 1982). */
  pass: number
}

export function levelsOf({ confidence, metrics }: ComparisonSettings): Levels {
  return { fail: (1 - confidence) / metrics.length, pass: 1 - confidence }
}
