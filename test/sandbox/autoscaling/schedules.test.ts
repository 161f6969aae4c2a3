import { expect, test } from 'vitest'
import { nextRun } from '../../../src/sandbox/autoscaling/schedules.ts'

/** A Saturday. */
const now = Date.parse('2026-11-28T03:00:00Z')
const next = (schedule: string, more: object = {}) => {
  const time = nextRun({ schedule, created: now, ...more }, now)
  return time === undefined ? undefined : new Date(time).toISOString()
}

test.each([
  ['cron(0 7 ? * MON-FRI *)', { timezone: 'Europe/Berlin' }, '2026-11-30T06:00:00.000Z'],
  ['cron(0 7 ? * 2 *)', {}, '2026-11-30T07:00:00.000Z'],
  ['cron(0/15 3 * * ? *)', {}, '2026-11-28T03:15:00.000Z'],
  ['cron(0 10 L * ? *)', {}, '2026-11-30T10:00:00.000Z'],
  ['cron(0 7 ? * MON-FRI 2028)', {}, '2028-01-03T07:00:00.000Z'],
  ['cron(0 7 ? * MON-FRI 2025)', {}, undefined],
  ['rate(5 minutes)', {}, '2026-11-28T03:05:00.000Z'],
  ['rate(1 hour)', { from: now - 600_000 }, '2026-11-28T03:50:00.000Z'],
  ['rate(1 day)', { from: now + 1000 }, '2026-11-28T03:00:01.000Z'],
  ['at(2026-11-29T08:00:00)', { timezone: 'Asia/Tokyo' }, '2026-11-28T23:00:00.000Z'],
  ['at(2026-11-27T08:00:00)', {}, undefined],
  ['cron(0 7 * * ? *)', { until: now + 3_600_000 }, undefined],
])('%s with %j is due at %s', (schedule, more, time) => {
  expect(next(schedule, more)).toBe(time)
})
