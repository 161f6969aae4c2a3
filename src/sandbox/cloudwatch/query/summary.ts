/** A summary of a metric's values in a span of time. */
export interface Summary {
  sum: number
  minimum: number
  maximum: number
  /** The number of values. */
  count: number
  /** Values, to three significant digits, with the number of times that each was seen; percentiles come from it. */
  seen: Map<number, number>
}

export function emptySummary(): Summary {
  return { sum: 0, minimum: Infinity, maximum: -Infinity, count: 0, seen: new Map() }
}

/** Adds a value `times` times. */
export function addValue(summary: Summary, value: number, times = 1): void {
  summary.sum += value * times
  summary.minimum = Math.min(summary.minimum, value)
  summary.maximum = Math.max(summary.maximum, value)
  summary.count += times
  const rounded = threeDigits(value)
  summary.seen.set(rounded, (summary.seen.get(rounded) ?? 0) + times)
}

/** Adds the values of another summary. */
export function addSummary(summary: Summary, other: Summary): void {
  summary.sum += other.sum
  summary.minimum = Math.min(summary.minimum, other.minimum)
  summary.maximum = Math.max(summary.maximum, other.maximum)
  summary.count += other.count
  for (const [value, times] of other.seen) summary.seen.set(value, (summary.seen.get(value) ?? 0) + times)
}

const percentile = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/

export function isStatistic(name: string): boolean {
  return ['Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount'].includes(name) || isPercentile(name)
}

export function isPercentile(name: string): boolean {
  return percentile.test(name)
}

/**
 * Reads a statistic from a summary.
 *
 * @param name `Sum`, `Average`, `Minimum`, `Maximum`, `SampleCount` or a percentile such as `p99.9`
 * @returns undefined if the summary cannot tell: a percentile of data that came as StatisticValues
 */
export function statistic(summary: Summary, name: string): number | undefined {
  switch (name) {
    case 'Sum':
      return summary.sum
    case 'Average':
      return summary.sum / summary.count
    case 'Minimum':
      return summary.minimum
    case 'Maximum':
      return summary.maximum
    case 'SampleCount':
      return summary.count
    default:
      return percentileOf(summary, Number(percentile.exec(name)?.[1]))
  }
}

/** The nearest-rank percentile: the smallest value such that at least this share of all values is not larger. */
function percentileOf(summary: Summary, percent: number): number | undefined {
  const values = [...summary.seen].toSorted(([left], [right]) => left - right)
  const known = values.reduce((total, [, times]) => total + times, 0)
  let rank = Math.max(Math.ceil((percent / 100) * known - 1e-9), 1)
  for (const [value, times] of values) {
    rank -= times
    if (rank <= 0) return value
  }
  return undefined
}

/** Whole numbers below 1,000 stay exact, so most counts do. The rounding keeps the number of different values small. */
function threeDigits(value: number): number {
  return Number.isInteger(value) && Math.abs(value) < 1000 ? value : Number(value.toPrecision(3))
}
