/** A place on a line for a value, in pixels. */
export type Scale = (value: number) => number

/** A linear scale; a range without a length is put at its begin. */
export function linear(
  [from, until]: readonly [number, number],
  [start, end]: readonly [number, number],
): Scale {
  const length = until - from
  return (value) => (length === 0 ? start : start + ((value - from) / length) * (end - start))
}

/** Round numbers from 0 to at least the highest value. */
export function ticksTo(highest: number, most: number): number[] {
  if (!(highest > 0)) return [0, 1]
  const rough = highest / most
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 5, 10].find((each) => each * power >= rough) ?? 10)
  const count = Math.ceil(highest / step - 1e-9)
  // Sums of tenths are off by their last digits.
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)))
}

const minuteMs = 60_000
const timeSteps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 7200, 14_400, 43_200].map(
  (minutes) => minutes * minuteMs,
)

/** Round times within a span, and their distance; milliseconds. */
export function timeTicks(from: number, until: number, most: number): { times: number[]; stepMs: number } {
  const longest = timeSteps.at(-1) ?? minuteMs
  const stepMs = timeSteps.find((step) => (until - from) / step <= most) ?? longest
  const first = Math.ceil(from / stepMs) * stepMs
  const count = Math.max(0, Math.floor((until - first) / stepMs) + 1)
  return { times: Array.from({ length: count }, (_, index) => first + index * stepMs), stepMs }
}
