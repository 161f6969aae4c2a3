import type { Line } from '../model/line.ts'
import { counts } from './counts.ts'

/** Lines up to the one that ends a tail. */
export interface LineLimit {
  /** The first of the lines, as many as are still wanted. */
  take<Taken extends Line>(lines: readonly Taken[]): Taken[]
  isReached(): boolean
  /** Tells whether a line matched the pattern. */
  hasMatched(): boolean
}

/** The ends of a tail that lines bring. */
export interface LineEnds {
  maxLines: number | undefined
  /** The first line that matches it is the last one. */
  exitOn: RegExp | undefined
}

export function lineLimit({ maxLines = Number.POSITIVE_INFINITY, exitOn }: LineEnds): LineLimit {
  let left = maxLines
  let hasMatched = false
  return {
    take(lines) {
      const taken: (typeof lines)[number][] = []
      for (const line of lines) {
        if (hasMatched || left === 0) break
        taken.push(line)
        if (counts(line)) left -= 1
        if (exitOn && (exitOn.test(line.event.message) || exitOn.test(line.text))) hasMatched = true
      }
      return taken
    },
    isReached: () => hasMatched || left === 0,
    hasMatched: () => hasMatched,
  }
}
