import type { ComparisonSettings, Metric, PlannedComparison } from './comparison.ts'

const metrics: readonly string[] = [
  'error-rate',
  'throttle-rate',
  'duration-p50',
  'duration-p90',
  'duration-p99',
] satisfies Metric[]

/** Whether a comparison of a plan that was read back is one; nothing of a journal is trusted. */
export function isPlannedComparison(value: unknown): value is PlannedComparison {
  if (!isObject(value)) return false
  const { settings, inconclusive, since, settleMs } = value
  const isKnown = inconclusive === 'hold' || inconclusive === 'pass'
  return isKnown && isSettings(settings) && isAmount(since) && isAmount(settleMs)
}

function isSettings(value: unknown): value is ComparisonSettings {
  if (!isObject(value)) return false
  const { durationRatio, confidence, errorRateRatio } = value
  const counts = [value['minimumInvocations'], value['minimumMinutes'], value['durationFloorMs']]
  return (
    isMetrics(value['metrics']) &&
    isBetween(confidence, 0, 1) &&
    isBetween(value['errorRateFloor'], 0, 1) &&
    isObject(durationRatio) &&
    [errorRateRatio, durationRatio['p50'], durationRatio['p90'], durationRatio['p99']].every(isRatio) &&
    counts.every(isAmount)
  )
}

function isMetrics(value: unknown): value is Metric[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((each) => typeof each === 'string' && metrics.includes(each))
  )
}

function isRatio(value: unknown): value is number {
  return isBetween(value, 1, Number.POSITIVE_INFINITY)
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}

function isBetween(value: unknown, above: number, below: number): value is number {
  return typeof value === 'number' && value > above && value < below
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
