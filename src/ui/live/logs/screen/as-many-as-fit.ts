import stringWidth from 'string-width'

/** A text of a row. */
export interface Ranked {
  text: string
  /** Those of higher ranks are left out first. */
  rank: number
}

/** As many of the texts as fit side by side, in their order; the one of the least rank is always among them. */
export function asManyAsFit(all: readonly Ranked[], columns: number, separator: string): string[] {
  const chosen = new Set<Ranked>()
  let width = 0
  for (const each of all.toSorted((one, other) => one.rank - other.rank)) {
    const more = stringWidth(each.text) + (chosen.size === 0 ? 0 : separator.length)
    if (chosen.size > 0 && width + more > columns) continue
    chosen.add(each)
    width += more
  }
  return all.filter((each) => chosen.has(each)).map(({ text }) => text)
}
