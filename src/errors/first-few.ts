/** Enough lines to see the problem, and few enough to still see the sentence before them. */
const mostLines = 10

/** The first texts of a list, and the number of others: `a`, `b`, `and 3 more`. */
export function firstFew(texts: readonly string[], most: number): string[] {
  return withMore(texts.slice(0, most), texts)
}

/** The first names in a sentence: `a, b and 3 more`. */
export function firstNames(names: readonly string[], most: number): string {
  const more = andMore(names.length - most)
  return [names.slice(0, most).join(', '), ...more].join(' ')
}

/**
 * The first ten lines of a list, and the number of other entries.
 *
 * @param entries some of several lines, which stay together
 */
export function firstLines(entries: readonly string[], lines = mostLines): string[] {
  let left = lines
  const shown = entries.filter((entry, index) => {
    left -= entry.split('\n').length
    return left >= 0 || index === 0
  })
  return withMore(shown, entries)
}

function withMore(shown: readonly string[], all: readonly string[]): string[] {
  return [...shown, ...andMore(all.length - shown.length)]
}

function andMore(hidden: number): string[] {
  return hidden > 0 ? [`and ${hidden} more`] : []
}
