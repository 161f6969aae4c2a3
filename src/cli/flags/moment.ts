import * as Flags from '@oclif/core/flags'
import { LambdactlError } from '../../errors/error.ts'
import { parseDuration } from '../../release/values/duration.ts'
import { isInCi } from '../../ui/text/is-in-ci.ts'

/** A time as a person names it: a time span back from now, or milliseconds since the epoch. */
export type Moment = { agoMs: number } | { at: number }

const dayMs = 24 * 3_600_000
const date = /^\d{4}-\d\d-\d\d$/
const time = /^(?<day>\d{4}-\d\d-\d\d[T ])?(?<clock>\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(?<zone>Z|[+-]\d\d:\d\d)?$/

/**
 * A moment as `10m`, `1d`, `2026-11-27`, `2026-11-27T03:40`, or `03:40` for the last time that a clock told it; each in
 * this machine's zone, in a CI in UTC, or with a zone as in `03:40Z`. Undefined for any other text.
 *
 * @param now milliseconds since the epoch
 */
export function parseMoment(text: string, now: number): Moment | undefined {
  const { days, rest = '' } = /^(?<days>\d+)d(?<rest>.*)$/.exec(text)?.groups ?? { rest: text }
  const restMs = rest === '' && days !== undefined ? 0 : parseDuration(rest)
  if (restMs !== undefined) return { agoMs: Number(days ?? 0) * dayMs + restMs }
  const at = parseTime(text, now)
  return at === undefined ? undefined : { at }
}

function parseTime(text: string, now: number): number | undefined {
  // In a CI, where people of many places read, times are told in UTC.
  const here = isInCi() ? 'Z' : ''
  if (date.test(text)) return timeOn(text, `T00:00${here}`)
  const { day, clock, zone = here } = time.exec(text)?.groups ?? {}
  if (clock === undefined) return undefined
  if (day !== undefined) return timeOn(day.slice(0, -1), `T${clock}${zone}`)
  // The zone may have another date than this machine has now.
  return [1, 0, -1, -2]
    .map((days) => timeOn(new Date(now + days * dayMs).toISOString().slice(0, 10), `T${clock}${zone}`))
    .find((at) => at !== undefined && at <= now)
}

/** The time of a clock on a day, milliseconds since the epoch; undefined for a day that no calendar has. */
function timeOn(day: string, clock: string): number | undefined {
  const isDay = new Date(`${day}T00:00Z`).toJSON()?.startsWith(day)
  const at = Date.parse(`${day}${clock}`)
  return isDay && !Number.isNaN(at) ? at : undefined
}

/** A flag that takes a moment. */
export const momentFlag = Flags.custom<Moment>({
  helpValue: 'TIME',
  parse: async (text) => requireMoment(text),
})

/** A flag that takes a moment, or `deploy` for the first traffic of the last release. */
export const sinceFlag = Flags.custom<Moment | 'deploy'>({
  helpValue: 'TIME',
  parse: async (text) => (text === 'deploy' ? text : requireMoment(text)),
})

function requireMoment(text: string): Moment {
  const moment = parseMoment(text, Date.now())
  if (moment) return moment
  throw new LambdactlError(
    'USAGE',
    `A time looks like 10m, 1d, 03:40 or 2026-11-27T03:40, and ${JSON.stringify(text)} does not.`,
  )
}

/** The time of a moment, milliseconds since the epoch. CloudWatch has nothing of before 1970. */
export function timeOf(moment: Moment, now: number): number {
  return Math.max(0, 'at' in moment ? moment.at : now - moment.agoMs)
}
