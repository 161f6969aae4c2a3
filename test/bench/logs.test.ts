import { expect, test } from 'vitest'
import { arrivals } from '../../bench/logs/arrivals.ts'
import { pageOf } from '../../bench/logs/pages.ts'
import { schedule } from '../../bench/logs/schedule.ts'

const from = Date.parse('2026-11-27T03:40:00Z')
const second = 1000
const group = (more: { lateMs?: number; aheadMs?: number } = {}) =>
  schedule({
    group: 'g',
    number: 0,
    from,
    until: from + 10 * second,
    perSecond: 10,
    lateMs: 0,
    aheadMs: 0,
    ...more,
  })

function read(events: ReturnType<typeof group>, startTime: number, now: number): string[] {
  const page = JSON.parse(pageOf(events, { startTime }, now)) as { events: { message: string }[] }
  return page.events.map(({ message }) => /#\d+\.(\d+)#/.exec(message)?.[1] ?? '')
}

test('a page has what was written up to now', () => {
  expect(read(group(), from + 500, from + second)).toEqual(['5', '6', '7', '8', '9', '10'])
})

test('a late event comes at its time', () => {
  const events = group({ lateMs: 3 * second })
  expect(read(events, from + 800, from + second)).toEqual(['8', '10'])
  expect(read(events, from + 800, from + 3900)).toContain('9')
})

test('a line that is dated ahead comes last', () => {
  const events = group({ aheadMs: 60 * second })
  expect(read(events, from, from + 4 * second)).not.toContain('100')
  expect(read(events, from, from + 5 * second).at(-1)).toBe('100')
  expect(read(events, from + 60 * second, from + 5 * second)).toEqual(['100'])
})

test('what comes twice, not at all, or after a later line is counted', () => {
  const came = arrivals([group()])
  came.take('#0.1#\n#0.0')
  came.take('#\n#0.1#\n')
  expect([came.missing(from + 5 * second), came.twice(), came.inverted()]).toEqual([48, 1, 1])
})
