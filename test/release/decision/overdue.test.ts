import { expect, test } from 'vitest'
import { overdueAt, overdueMarginMs } from '../../../src/release/decision/overdue.ts'
import type { Plan } from '../../../src/release/plan/plan.ts'
import type { Phase, ReleaseRecord } from '../../../src/release/values/record.ts'

const plan: Plan = {
  id: 'a',
  strategy: 'canary',
  candidate: '4',
  stable: '3',
  held: ['3'],
  steps: [
    { percent: 10, holdMs: 1000 },
    { percent: 50, holdMs: 60_000 },
  ],
  bakeMs: 5000,
  alarms: [],
}

function record(phase: Phase, step: number): ReleaseRecord {
  return { id: 'a', strategy: 'canary', phase, step, steps: 2, candidate: '4', held: ['3'], since: 100 }
}

test.each([
  ['shifting', 1, 2000],
  ['shifting', 2, 120_000],
  ['approved', 2, 0],
  ['baking', 2, 10_000],
  ['paused', 2, undefined],
  ['awaiting-approval', 2, undefined],
  ['done', 2, undefined],
  ['rolled-back', 2, undefined],
] as const)('a release that is %s at step %i is overdue once it was extended', (phase, step, after) => {
  const expected = after === undefined ? undefined : 100 + after + overdueMarginMs
  expect(overdueAt(plan, record(phase, step))).toBe(expected)
})

test('without a plan nothing is known to be overdue', () => {
  expect(overdueAt(undefined, record('shifting', 1))).toBeUndefined()
})
