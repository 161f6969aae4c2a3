import { expect, test, vi } from 'vitest'
import type { TimedReleaseEvent } from '../../../src/release/history/event.ts'
import { narrator } from '../../../src/ui/lines/narrator.ts'
import { tellTimes } from '../../../src/ui/text/time.ts'

vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '0').stubEnv('CI', 'true'))

const start = Date.parse('2026-11-21T10:00:00.000Z')

function observed(after: number, reason = 'errors is OK', step = 1): TimedReleaseEvent {
  return {
    time: start + after,
    function: 'checkout',
    event: 'observed',
    verdict: { outcome: 'pass', reason },
    alarms: [],
    step,
    steps: 2,
    until: 0,
  }
}

function told(...events: TimedReleaseEvent[]): string[] {
  const lines: string[] = []
  const tell = narrator((line) => lines.push(line), tellTimes(start))
  for (const event of events) tell(event)
  return lines.map((line) => line.slice(0, 8))
}

test('an unchanged verdict is repeated every half minute, and no more', () => {
  const looks = Array.from({ length: 40 }, (_, index) => observed(index * 2000))
  expect(told(...looks)).toEqual(['10:00:00', '10:00:30', '10:01:00'])
})

test.each([
  ['another reason', observed(1000, 'not enough data')],
  ['another step', observed(1000, 'errors is OK', 2)],
  ['another function', { ...observed(1000), function: 'cart' }],
])('%s is told at once', (_, next) => {
  expect(told(observed(0), next)).toEqual(['10:00:00', '10:00:01'])
})

test('everything else is told as often as it happens', () => {
  const warning = { time: start, function: 'checkout', event: 'warning', text: 'again' } as const
  expect(told(warning, warning)).toHaveLength(2)
})

test('the first verdict after a shift is told, though it be the same: a bake begins in the last step', () => {
  const shifted: TimedReleaseEvent = {
    time: start + 1000,
    function: 'checkout',
    event: 'shifted',
    alias: 'live',
    version: '4',
    step: 1,
    steps: 2,
  }
  expect(told(observed(0), shifted, observed(2000))).toEqual(['10:00:00', '10:00:01', '10:00:02'])
})

test('two functions that take turns repeat no more than one alone', () => {
  const looks = Array.from({ length: 20 }, (_, index) => ({
    ...observed(index * 1000),
    function: index % 2 === 0 ? 'checkout' : 'cart',
  }))
  expect(told(...looks)).toEqual(['10:00:00', '10:00:01'])
})

test.each([
  ['an upload', { event: 'uploading', bytes: 1, total: 12 }],
  ['packaging', { event: 'packaging', files: 1, totalFiles: 12, bytes: 1, totalBytes: 12 }],
] as const)('%s says every five seconds how far it is', (_, event) => {
  const each = Array.from({ length: 12 }, (__, index) => ({
    time: start + index * 1000,
    function: 'checkout',
  }))
  expect(told(...each.map((one) => ({ ...one, ...event })))).toEqual(['10:00:00', '10:00:05', '10:00:10'])
})

test('a stage has no line: what comes of it is told', () => {
  expect(told({ time: start, function: 'checkout', event: 'stage', stage: 'uploading' })).toEqual([])
})
