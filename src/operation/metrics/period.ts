const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** CloudWatch keeps the values of hours for so long, milliseconds: 455 days (its documentation, November 2026). */
export const keptMs = 455 * dayMs

/** The lengths of time that one value may cover, milliseconds. */
const periods = [1, 5, 15, 60, 360, 1440, 7 * 1440].map((minutes) => minutes * minuteMs)
/** A chart of so many values fits on a terminal. */
const mostValues = 75

/**
 * The shortest period with few enough values. CloudWatch keeps minutes for 15 days and 5 minutes for 63 days; older figures
 * are of hours.
 *
 * @param from milliseconds since the epoch, as the others
 */
export function periodFor(from: number, until: number, now: number): number {
  const age = now - from
  const kept = age > 63 * dayMs ? 60 * minuteMs : age > 15 * dayMs ? 5 * minuteMs : minuteMs
  const usable = periods.filter((period) => period >= kept)
  return usable.find((period) => (until - from) / period <= mostValues) ?? 7 * dayMs
}
