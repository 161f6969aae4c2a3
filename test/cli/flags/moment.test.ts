import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { parseMoment, timeOf } from '../../../src/cli/flags/moment.ts'

const now = Date.parse('2026-11-27T02:40:30.000Z')
const iso = (text: string) => {
  const moment = parseMoment(text)
  return moment && new Date(timeOf(moment, now)).toISOString()
}

afterEach(() => {
  vi.unstubAllEnvs()
  vi.useRealTimers()
})

describe('in a CI, times without a zone are in UTC', () => {
  beforeEach(() => {
    vi.stubEnv('CI', 'true')
  })

  test.each([
    ['10m', '2026-11-27T02:30:30.000Z'],
    ['0s', '2026-11-27T02:40:30.000Z'],
    ['1d', '2026-11-26T02:40:30.000Z'],
    ['1d12h', '2026-11-25T14:40:30.000Z'],
    ['2026-11-26', '2026-11-26T00:00:00.000Z'],
    ['2026-11-26T03:40', '2026-11-26T03:40:00.000Z'],
    ['2026-11-26 03:40:05.5', '2026-11-26T03:40:05.500Z'],
    ['2026-11-26T03:40+01:00', '2026-11-26T02:40:00.000Z'],
    ['02:40', '2026-11-27T02:40:00.000Z'],
    // A time that is still to come was yesterday's.
    ['02:41', '2026-11-26T02:41:00.000Z'],
    // There it is the evening before, or the morning already.
    ['22:00-05:00', '2026-11-26T03:00:00.000Z'],
    ['21:00-05:00', '2026-11-27T02:00:00.000Z'],
    ['11:00+09:00', '2026-11-27T02:00:00.000Z'],
    ['12:00+09:00', '2026-11-26T03:00:00.000Z'],
    // CloudWatch has nothing of before 1970.
    ['99999999999d', '1970-01-01T00:00:00.000Z'],
    ['0001-01-01', '1970-01-01T00:00:00.000Z'],
  ])('%s is %s', (text, time) => {
    expect(iso(text)).toBe(time)
  })

  test.each([
    '',
    'yesterday',
    '10',
    '-5m',
    'd',
    '1d1d',
    '25:00',
    '3:40',
    '2026-02-30',
    '2026-13-01T00:00',
    '03:40 ',
  ])('%j is no time', (text) => {
    expect(parseMoment(text)).toBeUndefined()
  })
})

test('a clock counts by AWS, whose time may be ahead of this machine', () => {
  vi.setSystemTime(now - 3_600_000)
  expect(iso('02:40Z')).toBe('2026-11-27T02:40:00.000Z')
})

test("on a person's machine, times without a zone are of its own", () => {
  vi.stubEnv('CI', '')
  expect(iso('2026-11-26T03:40')).toBe(new Date(2026, 10, 26, 3, 40).toISOString())
  expect(iso('2026-11-26')).toBe(new Date(2026, 10, 26).toISOString())
  expect(iso('03:40Z')).toBe('2026-11-26T03:40:00.000Z')
})
