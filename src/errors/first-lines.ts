/** Enough to see what is wrong, and few enough to still see the sentence before them. */
const most = 10

/**
 * The first ten lines of a list, and how many more entries there are.
 *
 * @param entries some of several lines, which stay together
 */
export function firstLines(entries: readonly string[], lines = most): string[] {
  let left = lines
  const shown = entries.filter((entry, index) => {
    left -= entry.split('\n').length
    return left >= 0 || index === 0
  })
  const more = entries.length - shown.length
  return more > 0 ? [...shown, `and ${more} more`] : shown
}
