import * as Flags from '@oclif/core/flags'
import { LambdactlError } from '../../errors/error.ts'
import { parseDuration } from '../../release/values/duration.ts'
import { isInCi } from '../../ui/text/is-in-ci.ts'

/**
 * A time as a person names it: a time span back from now, milliseconds since the epoch, or the last time that a clock
 * told `T03:40Z`.
 */
export type Moment = { agoMs: number } | { at: number } | { clock: string }

const dayMs = 24 * 3_600_000
const date = /^\d{4}-\d\d-\d\d$/
const time = /^(?<day>\d{4}-\d\d-\d\d[T ])?(?<clock>\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(?<zone>Z|[+-]\d\d:\d\d)?$/

/**
 * A moment as `10m`, `1d`, `2026-11-27`, `2026-11-27T03:40`, or `03:40` for the last time that a clock told it; each in
 * this machine's zone, in a CI in UTC, or with a zone as in `03:40Z`. Undefined for any other text.
 */
export function parseMoment(text: string): Moment | undefined {
  const { days, rest = '' } = /^(?<days>\d+)d(?<rest>.*)$/.exec(text)?.groups ?? { rest: text }
  const restMs = rest === '' && days !== undefined ? 0 : parseDuration(rest)
  return restMs === undefined ? parseTime(text) : { agoMs: Number(days ?? 0) * dayMs + restMs }
}

function parseTime(text: string): Moment | undefined {
  // In a CI, where people of many places read, times are told in UTC.
  const here = isInCi() ? 'Z' : ''
  if (date.test(text)) return momentOn(text, `T00:00${here}`)
  const { day, clock, zone = here } = time.exec(text)?.groups ?? {}
  if (clock === undefined) return undefined
  if (day !== undefined) return momentOn(day.slice(0, -1), `T${clock}${zone}`)
  return momentOn('2026-01-01', `T${clock}${zone}`) && { clock: `T${clock}${zone}` }
}

function momentOn(day: string, clock: string): Moment | undefined {
  const at = timeOn(day, clock)
  return at === undefined ? undefined : { at }
}

/** The last time that a clock told this. */
function lastTime(clock: string, now: number): number {
  // The zone may have another date than this machine has now.
  const days = [1, 0, -1, -2].map((each) => new Date(now + each * dayMs).toISOString().slice(0, 10))
  const times = days.map((day) => timeOn(day, clock) ?? 0)
  return Math.max(...times.filter((at) => at <= now))
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
  const moment = parseMoment(text)
  if (moment) return moment
  throw new LambdactlError(
    'USAGE',
    `A time looks like 10m, 1d, 03:40 or 2026-11-27T03:40, and ${JSON.stringify(text)} does not.`,
  )
}

/**
 * The time of a moment, milliseconds since the epoch. CloudWatch has nothing of before 1970.
 *
 * @param now AWS's time, once an answer has told it
 */
export function timeOf(moment: Moment, now: number): number {
  if ('clock' in moment) return lastTime(moment.clock, now)
  return Math.max(0, 'at' in moment ? moment.at : now - moment.agoMs)
}
