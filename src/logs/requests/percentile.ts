/**
 * A percentile by the nearest rank: the least value that `share` of all values don't exceed.
 *
 * @param share 0.5 for the median
 * @returns undefined without values
 */
export function percentile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]
}
