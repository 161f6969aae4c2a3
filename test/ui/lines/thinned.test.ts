import { expect, test } from 'vitest'
import type { TimedReleaseEvent } from '../../../src/release/history/event.ts'
import { thinned } from '../../../src/ui/lines/thinned.ts'

type Observed = Extract<TimedReleaseEvent, { event: 'observed' }>

const alarm = {
  name: 'errors',
  arn: 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:errors',
  condition: 'OK',
  reason: 'well',
  since: 0,
  verdict: 'pass',
} as const

function observed(time: number, more: Partial<Observed> = {}): Observed {
  const verdict = { outcome: 'pass', reason: 'errors is OK, 12 of 40 invocations' } as const
  return {
    event: 'observed',
    function: 'checkout',
    time,
    verdict,
    alarms: [alarm],
    step: 1,
    steps: 2,
    until: 0,
    ...more,
  }
}

/** The times of the events that are passed on. */
function passed(...events: TimedReleaseEvent[]): number[] {
  const times: number[] = []
  const tell = thinned(({ time }) => times.push(time))
  for (const event of events) tell(event)
  return times
}

test('an unchanged verdict is passed on once a minute', () => {
  const looks = Array.from({ length: 65 }, (_, index) => observed(index * 2000))
  expect(passed(...looks)).toEqual([0, 60_000, 120_000])
})

test.each<[string, Partial<Observed>]>([
  ['another outcome', { verdict: { outcome: 'fail', reason: 'errors is OK, 12 of 40 invocations' } }],
  ['another reason', { verdict: { outcome: 'pass', reason: 'errors is OK' } }],
  ['another step', { step: 2 }],
  ['an extended step', { extended: true }],
  ['an alarm that changed', { alarms: [{ ...alarm, condition: 'INSUFFICIENT_DATA' }] }],
  [
    'a compared metric that is decided',
    {
      comparison: [{ metric: 'error-rate', outcome: 'pass', minutes: 3, candidate: 0, stable: 0 }],
    },
  ],
  ['another function', { function: 'cart' }],
])('%s is passed on at once', (_, more) => {
  expect(passed(observed(0), observed(2000, more))).toEqual([0, 2000])
})

test('figures that grow are no change', () => {
  const verdict = { outcome: 'pass', reason: 'errors is OK, 1,300 of 4000 invocations' } as const
  expect(passed(observed(0), observed(2000, { verdict }))).toEqual([0])
})

test('all other events, and the first verdict after a shift, are passed on', () => {
  const shifted = {
    event: 'shifted',
    function: 'checkout',
    time: 2,
    alias: 'live',
    version: '4',
    step: 2,
    steps: 2,
  } as const
  expect(passed(observed(0), observed(1), shifted, { ...shifted, time: 3 }, observed(4))).toEqual([
    0, 2, 3, 4,
  ])
})
