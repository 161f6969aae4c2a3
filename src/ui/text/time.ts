import { isInCi } from './is-in-ci.ts'

/** The precision of a time; lines of a log differ by milliseconds. */
export type Precision = 's' | 'ms'

/** Formats times one after the other. */
export type TimeTeller = (time: number, precision?: Precision) => string

/**
 * `2026-11-21 22:30:01+01:00`: the time of a person's clock, with its distance from UTC. In a CI, with readers in many
 * places: `2026-11-21 21:30:01Z`.
 */
export function formatMoment(time: number, precision: Precision = 's'): string {
  const { date, clock } = partsOf(time, precision)
  return `${date} ${clock}`
}

/**
 * Formats times one after the other, with the date only if it differs from the one before.
 *
 * @param before a time whose date the reader knows, milliseconds since the epoch
 */
export function tellTimes(before?: number): TimeTeller {
  let known = before === undefined ? '' : partsOf(before, 's').date
  return (time, precision = 's') => {
    const { date, clock } = partsOf(time, precision)
    const isKnown = date === known
    known = date
    return isKnown ? clock : `${date} ${clock}`
  }
}

/** A time in parts: `2026-11-27`, `03:40:55` or `03:40:55.123`, and `+01:00` or `Z`. */
export interface Moment {
  date: string
  clock: string
  offset: string
}

const isoTime = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)(?!\w)/g

/** Rewrites a sentence of lambdactl's with times in UTC, as in JSON, for a person. */
export function withTimes(text: string): string {
  return text.replace(isoTime, (iso) => {
    const time = Date.parse(iso)
    return Number.isNaN(time) ? iso : formatMoment(time)
  })
}

function partsOf(time: number, precision: Precision): { date: string; clock: string } {
  const { date, clock, offset } = momentOf(time, precision)
  return { date, clock: `${clock}${offset}` }
}

/** The parts of a time, for rows that tell date and offset once for all. */
export function momentOf(time: number, precision: Precision): Moment {
  const offset = isInCi() ? 0 : -new Date(time).getTimezoneOffset()
  const iso = new Date(time + offset * 60_000).toISOString()
  return {
    date: iso.slice(0, 10),
    clock: iso.slice(11, precision === 'ms' ? 23 : 19),
    offset: isInCi() ? 'Z' : offsetText(offset),
  }
}

/**
 * Formats times as `formatMoment` does, to the millisecond. Lines of a log mostly share their minute with the line before,
 * so only seconds are formatted.
 */
export function momentsOfLines(): (time: number) => string {
  let known: { minute: number; start: string; offset: string } | undefined
  return (time) => {
    const minute = Math.floor(time / 60_000)
    if (known?.minute !== minute) {
      const { date, clock, offset } = momentOf(minute * 60_000, 'ms')
      known = { minute, start: `${date} ${clock.slice(0, 'hh:mm:'.length)}`, offset }
    }
    const ms = Math.floor(time - minute * 60_000)
    return `${known.start}${digits(Math.floor(ms / 1000), 2)}.${digits(ms % 1000, 3)}${known.offset}`
  }
}

function digits(number: number, count: number): string {
  return String(number).padStart(count, '0')
}

/** `+05:30` for 330 minutes. */
function offsetText(minutes: number): string {
  const parts = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((part) => digits(part, 2))
  return `${minutes < 0 ? '-' : '+'}${parts.join(':')}`
}
