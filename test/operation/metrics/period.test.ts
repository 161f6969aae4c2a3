import { expect, test } from 'vitest'
import { periodFor } from '../../../src/operation/metrics/period.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const now = Date.parse('2026-11-27T12:00:00Z')

test.each([
  ['the last 15 minutes', hourMs / 4, now, 1],
  ['the last hour, though it is a little more', hourMs + 2000, now, 1],
  ['three hours', 3 * hourMs, now, 5],
  ['a day', 24 * hourMs, now, 60],
  ['two weeks', 14 * 24 * hourMs, now, 360],
  ['two months', 60 * 24 * hourMs, now, 1440],
  ['a year', 365 * 24 * hourMs, now, 7 * 1440],
  ['all that CloudWatch keeps', 455 * 24 * hourMs, now, 7 * 1440],
  ['an hour of 20 days ago', hourMs, now - 20 * 24 * hourMs, 5],
  ['an hour of 100 days ago', hourMs, now - 100 * 24 * hourMs, 60],
])('%s', (_, length, until, minutes) => {
  expect(periodFor(until - length, until, now)).toBe(minutes * minuteMs)
})
