/** The summary of a sample; milliseconds. */
export interface Figures {
  count: number
  p50: number
  p90: number
  max: number
}

export function figures(sample: readonly number[]): Figures {
  return {
    count: sample.length,
    p50: percentile(sample, 50),
    p90: percentile(sample, 90),
    max: percentile(sample, 100),
  }
}

/** The smallest value that is at least as large as so many percent of the sample (the nearest rank). */
export function percentile(sample: readonly number[], percent: number): number {
  const rank = Math.max(1, Math.ceil((percent / 100) * sample.length))
  const value = sample.toSorted((a, b) => a - b)[rank - 1]
  if (value === undefined) throw new Error('A sample without values has no percentile.')
  return value
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? 0)) / 2
}
