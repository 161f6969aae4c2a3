import { defaultComparison } from '../../src/gates/comparison/settings.ts'
import type { ComparisonSettings, Minute, Traffic } from '../../src/release/plan/comparison.ts'

/** Only error rates, so that a test need not speak of the other metrics. */
export const errorsOnly: ComparisonSettings = { ...defaultComparison, metrics: ['error-rate'] }

/** So many invocations and errors, a median of `ms` milliseconds. */
export function traffic(invocations: number, errors: number, ms = 100): Traffic {
  return { invocations, errors, throttles: 0, durationMs: { p50: ms, p90: 2 * ms, p99: 5 * ms } }
}

/** As many minutes of the same traffic, from the minute `first` on. */
export function minutesOf(count: number, candidate: Traffic, stable: Traffic, first = 0): Minute[] {
  return Array.from({ length: count }, (_, index) => ({ time: (first + index) * 60_000, candidate, stable }))
}
