import { afterEach, expect, test, vi } from 'vitest'
import { formatMoment, momentsOfLines, tellTimes, withTimes } from '../../../src/ui/text/time.ts'

const time = Date.parse('2026-11-21T22:30:01.123Z')

/** A person's clock is set before the first time is asked for. */
function at(zone: string, ci = ''): void {
  vi.stubEnv('TZ', zone)
  vi.stubEnv('CI', ci)
}

afterEach(() => vi.unstubAllEnvs())

test.each([
  ['Europe/Berlin', '', '2026-11-21 23:30:01+01:00'],
  ['Asia/Kolkata', '', '2026-11-22 04:00:01+05:30'],
  ['America/St_Johns', '', '2026-11-21 19:00:01-03:30'],
  ['UTC', '', '2026-11-21 22:30:01+00:00'],
  ['Asia/Kolkata', 'true', '2026-11-21 22:30:01Z'],
  ['Asia/Kolkata', 'false', '2026-11-22 04:00:01+05:30'],
])('in %s with CI=%s it is %s', (zone, ci, text) => {
  at(zone, ci)
  expect(formatMoment(time)).toBe(text)
})

test('summer has an offset of its own', () => {
  at('Europe/Berlin')
  expect(formatMoment(Date.parse('2026-07-01T12:00:00Z'))).toBe('2026-07-01 14:00:00+02:00')
})

test.each([
  ['Europe/Berlin', '2026-10-25T00:58:59.998Z'],
  ['America/St_Johns', '2026-11-21T22:30:01.123Z'],
  ['Asia/Kolkata', '1969-12-31T23:59:58.001Z'],
])('times of lines in %s are those of each alone, over a change of the offset too', (zone, first) => {
  at(zone)
  const moment = momentsOfLines()
  const times = Array.from({ length: 500 }, (_, index) => Date.parse(first) + index * 337)
  expect(times.map(moment)).toEqual(times.map((each) => formatMoment(each, 'ms')))
})

test('times after each other have the date only where it changes, by the clock of the person', () => {
  at('Europe/Berlin')
  const tell = tellTimes()
  const hour = 3_600_000
  expect([time, time + 1, time + hour, time + 2 * hour].map((each) => tell(each, 'ms'))).toEqual([
    '2026-11-21 23:30:01.123+01:00',
    '23:30:01.124+01:00',
    '2026-11-22 00:30:01.123+01:00',
    '01:30:01.123+01:00',
  ])
  expect(tellTimes(time)(time)).toBe('23:30:01+01:00')
})

test.each([
  ['since 2026-11-21T22:30:01.123Z: late', 'since 2026-11-21 23:30:01+01:00: late'],
  ['at 2026-11-21T22:30:01Z.', 'at 2026-11-21 23:30:01+01:00.'],
  ['at 2026-11-21T22:30:01.123+0000, and', 'at 2026-11-21 23:30:01+01:00, and'],
  ['no time: 2026-99-99T99:99:99Z', 'no time: 2026-99-99T99:99:99Z'],
  ['a name-2026-11-21T22:30:01ZZ', 'a name-2026-11-21T22:30:01ZZ'],
])('the times of %j are told as a person has them', (text, told) => {
  at('Europe/Berlin')
  expect(withTimes(text)).toBe(told)
})
