import { firstNames } from '../../../errors/first-few.ts'

/** The most ranges in one line. */
const most = 12

/** `1-30, 32, 34-38` for numbers in any order. */
export function numberRanges(versions: readonly string[]): string {
  const ranges: [first: number, last: number][] = []
  for (const number of versions.map(Number).toSorted((one, other) => one - other)) {
    const last = ranges.at(-1)
    if (last && last[1] === number - 1) last[1] = number
    else ranges.push([number, number])
  }
  return firstNames(
    ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)),
    most,
  )
}
