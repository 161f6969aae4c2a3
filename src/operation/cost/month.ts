import { LambdactlError } from '../../errors/error.ts'
import { keptMs } from '../metrics/period.ts'

/** A time whose use is priced, milliseconds since the epoch. */
export interface Month {
  from: number
  /** Exclusive. */
  until: number
  /** `2026-10`; absent for the last 30 days. */
  month?: string
  /** True for a month that goes on. */
  isOpen: boolean
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** The last 30 days up to now, from a full hour on. */
export function lastDays(now: number): Month {
  return { from: now - (now % hourMs) - 30 * dayMs, until: now, isOpen: false }
}

/**
 * A month of the calendar in UTC, as AWS bills it; up to now if it goes on.
 *
 * @param name `2026-10`
 * @throws LambdactlError USAGE for no month, and for one that lies ahead or that CloudWatch has forgotten
 */
export function monthNamed(name: string, now: number): Month {
  const from = /^\d{4}-(?:0[1-9]|1[0-2])$/.test(name) ? Date.parse(`${name}-01T00:00Z`) : Number.NaN
  if (Number.isNaN(from)) {
    throw new LambdactlError('USAGE', `Expected a month such as 2026-10, got ${JSON.stringify(name)}.`)
  }
  if (from > now) throw new LambdactlError('USAGE', `The month ${name} lies ahead.`)
  if (from < now - keptMs) {
    throw new LambdactlError(
      'USAGE',
      `CloudWatch keeps figures for 455 days, and ${name} began before that.`,
      {
        next: ['Name a later month: --month 2026-10.'],
      },
    )
  }
  const end = new Date(from)
  const next = end.setUTCMonth(end.getUTCMonth() + 1)
  return { from, until: Math.min(next, now), month: name, isOpen: next > now }
}
