import { isInCi } from './is-in-ci.ts'

/** How exactly a time is told; lines of a log differ by milliseconds. */
export type Precision = 's' | 'ms'

/** Tells times one after the other. */
export type TimeTeller = (time: number, precision?: Precision) => string

/**
 * `2026-11-21 22:30:01+01:00`: the time of a person's clock, and how far it is from UTC. In a CI, where people of many
 * places read: `2026-11-21 21:30:01Z`.
 */
export function formatMoment(time: number, precision: Precision = 's'): string {
  const { date, clock } = partsOf(time, precision)
  return `${date} ${clock}`
}

/**
 * Tells times one after the other, with the date only where it is another than that of the time before.
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

const isoTime = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)(?!\w)/g

/** A sentence of lambdactl's, which JSON has too and with times in UTC, as a person is told it. */
export function withTimes(text: string): string {
  return text.replace(isoTime, (iso) => {
    const time = Date.parse(iso)
    return Number.isNaN(time) ? iso : formatMoment(time)
  })
}

function partsOf(time: number, precision: Precision): { date: string; clock: string } {
  const offset = isInCi() ? 0 : -new Date(time).getTimezoneOffset()
  const iso = new Date(time + offset * 60_000).toISOString()
  const clock = iso.slice(11, precision === 'ms' ? 23 : 19)
  return { date: iso.slice(0, 10), clock: `${clock}${isInCi() ? 'Z' : offsetText(offset)}` }
}

/** `+05:30` of 330 minutes. */
function offsetText(minutes: number): string {
  const digits = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((amount) =>
    String(amount).padStart(2, '0'),
  )
  return `${minutes < 0 ? '-' : '+'}${digits.join(':')}`
}
