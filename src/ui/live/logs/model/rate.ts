/** The batches of the last seconds. */
export type Arrivals = readonly { at: number; lines: number }[]

const spanMs = 5000

/** The arrivals that still count at a time, with a new batch. Milliseconds since the epoch. */
export function withArrival(arrivals: Arrivals, at: number, lines: number): Arrivals {
  const recent = arrivals.filter((arrival) => arrival.at > at - spanMs)
  return lines === 0 ? recent : [...recent, { at, lines }]
}

/** Lines per second over the last seconds. */
export function rateOf(arrivals: Arrivals): number {
  return arrivals.reduce((sum, { lines }) => sum + lines, 0) / (spanMs / 1000)
}
