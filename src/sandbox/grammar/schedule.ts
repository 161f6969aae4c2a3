import { Cron } from 'croner'

/** The first time after a moment, both in milliseconds since the epoch; undefined if there is none any more. */
export type Times = (after: number) => number | undefined

const minuteMs = 60_000
const units: Readonly<Record<string, number>> = {
  minute: minuteMs,
  hour: 60 * minuteMs,
  day: 24 * 60 * minuteMs,
}

/**
 * Reads a schedule of AWS: `rate(…)`, `cron(…)` with six fields, or `at(…)`.
 *
 * @param since rates count from here, milliseconds since the epoch
 * @param timezone default: UTC
 * @throws Error for a schedule that is none
 */
export function scheduleTimes(
  schedule: string,
  { since, timezone = 'UTC' }: { since: number; timezone?: string | undefined },
): Times {
  const [, kind, inner = ''] = /^(at|rate|cron)\((.+)\)$/.exec(schedule) ?? []
  if (kind === 'rate') return rate(inner, since)
  if (kind === 'cron' && inner.trim().split(/\s+/).length === 6) return cron(`0 ${inner}`, timezone)
  if (kind === 'at' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(inner)) return cron(inner, timezone)
  throw new Error(schedule)
}

/** AWS counts Sunday as 1, and allows `0/15` for each quarter of an hour. */
function cron(pattern: string, timezone: string): Times {
  const times = new Cron(pattern, { timezone, alternativeWeekdays: true, sloppyRanges: true })
  return (after) => times.nextRun(new Date(after))?.getTime()
}

function rate(text: string, since: number): Times {
  const [, amount = '', unit = ''] = /^([1-9]\d*) (minute|hour|day)s?$/.exec(text) ?? []
  const period = Number(amount) * (units[unit] ?? 0)
  if (!period) throw new Error(text)
  return (after) => since + period * Math.max(0, Math.floor((after - since) / period) + 1)
}
