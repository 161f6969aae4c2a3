import { expect, test } from 'vitest'
import { passedHooks, placeKey } from '../../../src/release/plan/hook-entry.ts'

const entry = {
  kind: 'hook',
  point: 'after-shift',
  phase: 'shifting',
  step: 1,
  since: 1000,
  outcome: 'pass',
  time: 2000,
}

test('what passed is known by its place', () => {
  const place = placeKey({ phase: 'shifting', step: 1, since: 1000 })
  expect(passedHooks([{ ...entry }])).toEqual([{ hook: 'after-shift', place, ended: 2000 }])
})

test.each([
  [{ outcome: 'fail' }],
  [{ outcome: 'inconclusive' }],
  [{ outcome: 'stopped' }],
  [{ kind: 'decision' }],
  [{ point: 'rm' }],
  [{ point: ['after-shift'] }],
  [{ phase: undefined }],
  [{ time: 'now' }],
])('anything else passes nothing: %j', (changed) => {
  expect(passedHooks([{ ...entry, ...changed }])).toEqual([])
})

test.each([[{ phase: 'baking' }], [{ step: 2 }], [{ since: 1001 }]])(
  'another place is another: %j',
  (changed) => {
    const place = placeKey({ phase: 'shifting', step: 1, since: 1000 })
    expect(passedHooks([{ ...entry, ...changed }])[0]?.place).not.toBe(place)
  },
)
