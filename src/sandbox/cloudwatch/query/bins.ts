import type { Bin } from './series.ts'
import { emptySummary } from './summary.ts'

const second = 1000
const minute = 60_000

/** The start of the second of a moment. */
export function secondOf(moment: number): number {
  return Math.floor(moment / second) * second
}

/** The start of the minute of a moment. */
export function minuteOf(moment: number): number {
  return Math.floor(moment / minute) * minute
}

/** The bin that starts at this time; a missing one is made. */
export function binAt(bins: Bin[], start: number): Bin {
  const last = bins.at(-1)
  if (last?.start === start) return last
  const index = last && last.start > start ? indexAt(bins, start) : bins.length
  const found = bins[index]
  if (found?.start === start) return found
  const bin = { start, ...emptySummary() }
  bins.splice(index, 0, bin)
  return bin
}

/** The index of the first bin at or after a moment. */
export function indexAt(bins: readonly Bin[], start: number): number {
  let low = 0
  let high = bins.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((bins[middle]?.start ?? 0) < start) low = middle + 1
    else high = middle
  }
  return low
}
