import { Cron } from 'croner'
import { type Action, validation } from './records.ts'

type Timed = Pick<Action, 'schedule' | 'timezone' | 'from' | 'until' | 'created'>

const minuteMs = 60_000
const units: Readonly<Record<string, number>> = {
  minute: minuteMs,
  hour: 60 * minuteMs,
  day: 24 * 60 * minuteMs,
}

/** @throws ServiceError 400 */
export function checkSchedule(action: Timed): void {
  if (!isZone(action.timezone)) throw validation(`Timezone ${action.timezone} is not valid`)
  if (!isSchedule(action)) throw validation(`Schedule expression ${action.schedule} is not valid`)
}

function isZone(timezone: string | undefined): boolean {
  try {
    new Date(0).toLocaleString('en', { timeZone: timezone })
    return true
  } catch {
    return false
  }
}

function isSchedule(action: Timed): boolean {
  try {
    readerOf(action)
    return true
  } catch {
    return false
  }
}

/**
 * The first time of a scheduled action after a moment, milliseconds since the epoch; undefined if there is none any more.
 *
 * @throws Error for a schedule that is not valid
 */
export function nextRun(action: Timed, after: number): number | undefined {
  const { from = action.created, until = Number.POSITIVE_INFINITY } = action
  const next = readerOf(action)(Math.max(after, from - 1))
  return next !== undefined && next <= until ? next : undefined
}

type Reader = (after: number) => number | undefined

function readerOf(action: Timed): Reader {
  const [, kind, inner = ''] = /^(at|rate|cron)\((.+)\)$/.exec(action.schedule) ?? []
  if (kind === 'rate') return rate(inner, action.from ?? action.created)
  if (kind === 'cron' && inner.trim().split(/\s+/).length === 6) return cron(`0 ${inner}`, action.timezone)
  if (kind === 'at' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(inner)) return cron(inner, action.timezone)
  throw new Error(action.schedule)
}

/** AWS counts Sunday as 1, and allows `0/15` for each quarter of an hour. */
function cron(pattern: string, timezone = 'UTC'): Reader {
  const times = new Cron(pattern, { timezone, alternativeWeekdays: true, sloppyRanges: true })
  return (after) => times.nextRun(new Date(after))?.getTime()
}

function rate(text: string, start: number): Reader {
  const [, amount = '', unit = ''] = /^([1-9]\d*) (minute|hour|day)s?$/.exec(text) ?? []
  const period = Number(amount) * (units[unit] ?? 0)
  if (!period) throw new Error(text)
  return (after) => start + period * Math.max(0, Math.floor((after - start) / period) + 1)
}
