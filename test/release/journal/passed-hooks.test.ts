import { expect, test } from 'vitest'
import { readEntries } from '../../../src/release/journal/entry.ts'
import { passedHooks, placeKey } from '../../../src/release/journal/passed-hooks.ts'

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
  expect(passedHooks(readEntries([entry]))).toEqual([{ hook: 'after-shift', place, ended: 2000 }])
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
  expect(passedHooks(readEntries([{ ...entry, ...changed }]))).toEqual([])
})

test.each([[{ phase: 'baking' }], [{ step: 2 }], [{ since: 1001 }]])(
  'another place is another: %j',
  (changed) => {
    const place = placeKey({ phase: 'shifting', step: 1, since: 1000 })
    expect(passedHooks(readEntries([{ ...entry, ...changed }]))[0]?.place).not.toBe(place)
  },
)
