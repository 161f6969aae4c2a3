/** 31 December 9999, from which any zone's time is still a date of four digits. */
const latest = Date.UTC(9999, 11, 31)

/**
 * A time in an answer, milliseconds since the epoch; one that is no date is moved to the nearest that is. CloudWatch takes
 * no such events, but servers that speak its language may.
 */
export function eventTime(time: number | undefined): number {
  return time === undefined || Number.isNaN(time) ? 0 : Math.min(Math.max(time, 0), latest)
}
