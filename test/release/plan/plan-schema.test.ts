import { expect, test } from 'vitest'
import type { Plan } from '../../../src/release/plan/plan.ts'
import { readPlan } from '../../../src/release/plan/plan-schema.ts'

const plan: Plan = {
  id: 'ours',
  strategy: 'canary',
  candidate: '4',
  stable: '3',
  held: ['3', '2'],
  steps: [
    { percent: 10, holdMs: 60_000 },
    { percent: 50, holdMs: 0, invocations: 100, approval: true },
  ],
  bakeMs: 120_000,
  alarms: ['errors'],
  hooks: ['before-shift', 'after-rollback'],
  origin: { digest: 'd', commit: 'c' },
}

test('a plan comes back from JSON as it was', () => {
  expect(readPlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan)
})

test('what may be left out comes back too', () => {
  const full: Plan = {
    ...plan,
    insufficientData: 'fail',
    breakglass: { reason: 'incident', firing: [{ alarm: 'errors', since: 1000 }] },
  }
  expect(readPlan(JSON.parse(JSON.stringify(full)))).toEqual(full)
})

test('a plan of an older lambdactl has no hooks, and one of a later version keeps what is not known here', () => {
  const { hooks: _, ...older } = plan
  expect(readPlan(older)).toEqual(older)
  const later = { ...plan, waves: [1, 2], steps: [{ percent: 10, holdMs: 1, canary: 'yellow' }] }
  expect(readPlan(later)).toEqual(later)
})

test.each([[{ amount: 5 }], [{ amount: 5, stable: { amount: 3, why: 'alias' } }]] satisfies [
  Plan['provisioned'],
][])('with its provisioned concurrency %j', (provisioned) => {
  const warm = { ...plan, provisioned }
  expect(readPlan(JSON.parse(JSON.stringify(warm)))).toEqual(warm)
})

test.each([
  [undefined],
  [null],
  ['plan'],
  [{}],
  [{ ...plan, id: 7 }],
  [{ ...plan, strategy: 'rollback' }],
  [{ ...plan, stable: undefined }],
  [{ ...plan, held: '3' }],
  [{ ...plan, held: [3] }],
  [{ ...plan, steps: 'all' }],
  [{ ...plan, steps: [{ percent: 0, holdMs: 1 }] }],
  [{ ...plan, steps: [{ percent: 100, holdMs: 1 }] }],
  [{ ...plan, steps: [{ percent: 10 }] }],
  [{ ...plan, steps: [null] }],
  [{ ...plan, steps: [{ percent: 10, holdMs: 1, invocations: '100' }] }],
  [{ ...plan, steps: [{ percent: 10, holdMs: 1, invocations: -1 }] }],
  [{ ...plan, steps: [{ percent: 10, holdMs: 1, approval: 'no' }] }],
  [{ ...plan, bakeMs: -1 }],
  [{ ...plan, bakeMs: '10m' }],
  [{ ...plan, alarms: [null] }],
  [{ ...plan, insufficientData: 'hold' }],
  [{ ...plan, insufficientData: null }],
  [{ ...plan, breakglass: 'because' }],
  [{ ...plan, breakglass: null }],
  [{ ...plan, breakglass: { firing: [] } }],
  [{ ...plan, breakglass: { reason: 'why', firing: {} } }],
  [{ ...plan, breakglass: { reason: 'why', firing: [null] } }],
  [{ ...plan, breakglass: { reason: 'why', firing: [{ alarm: 1, since: 1 }] } }],
  [{ ...plan, breakglass: { reason: 'why', firing: [{ alarm: 'errors', since: 0 }] } }],
  [{ ...plan, breakglass: { reason: 'why', firing: [{ alarm: 'errors', since: 1e300 }] } }],
  [{ ...plan, hooks: 'after-shift' }],
  [{ ...plan, hooks: ['rm'] }],
  [{ ...plan, hooks: [{ run: ['rm'] }] }],
  [{ ...plan, provisioned: 5 }],
  [{ ...plan, provisioned: { amount: 0 } }],
  [{ ...plan, provisioned: { amount: 1.5 } }],
  [{ ...plan, provisioned: { amount: 5, stable: { amount: 5 } } }],
  [{ ...plan, provisioned: { amount: 5, stable: null } }],
])('what is no plan moves nothing: %j', (value) => {
  expect(readPlan(value)).toBeUndefined()
})
