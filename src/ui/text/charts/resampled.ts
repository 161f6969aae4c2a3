/**
 * Fewer values for a narrower chart: neighbours are put together, and the unknown ones among them do not count.
 *
 * @param most the number of values that there is room for
 */
export function resampled(
  values: readonly (number | undefined)[],
  most: number,
  together: (known: readonly number[]) => number,
): (number | undefined)[] {
  const size = Math.max(1, Math.ceil(values.length / most))
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) => {
    const known = values.slice(index * size, (index + 1) * size).filter((value) => value !== undefined)
    return known.length === 0 ? undefined : together(known)
  })
}
