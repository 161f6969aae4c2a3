import type { Line } from '../model/line.ts'

/** Tells whether a line counts: Lambda's own lines don't, except one by which Lambda ended a request. */
export function counts({ platform }: Line): boolean {
  return platform === undefined || platform.kind === 'fault'
}

/** The end of lines from the last `count` ones on that count. */
export function lastCounted<Counted extends Line>(lines: readonly Counted[], count: number): Counted[] {
  let left = count
  const first = lines.findLastIndex((line) => {
    if (counts(line)) left -= 1
    return left === 0
  })
  return first === -1 ? [...lines] : lines.slice(first)
}
