import { expect, test } from 'vitest'
import { hookFacts, plannedHooks } from '../../../src/release/decision/hook-facts.ts'
import { hookPoints } from '../../../src/release/plan/hooks.ts'
import type { Plan } from '../../../src/release/plan/plan.ts'

const plan: Plan = {
  id: 'ours',
  strategy: 'all-at-once',
  candidate: '1',
  stable: undefined,
  held: [],
  steps: [],
  bakeMs: 0,
  alarms: [],
}
const target = { function: 'pay', environment: 'prod', lambdaName: 'shop-pay-prod', alias: 'live' }

test('a reason is one line that an environment can hold', () => {
  const facts = hookFacts(
    { hook: 'after-rollback', place: { step: 0, percent: 0 }, reason: ' it\u0000is\n\n\u001b[31mbad\ud800 ' },
    target,
    plan,
  )
  expect(facts['LAMBDACTL_REASON']).toBe('it is [31mbad\ufffd')
})

test('without a reason or a stable version there is none', () => {
  const facts = hookFacts({ hook: 'before-promote', place: { step: 0, percent: 100 } }, target, plan)
  expect(facts).not.toHaveProperty('LAMBDACTL_REASON')
  expect(facts['LAMBDACTL_STABLE']).toBe('')
})

test('a plan names its hooks in their order; a first release can only be kept from beginning', () => {
  const hooks = Object.fromEntries(hookPoints.toReversed().map((point) => [point, {}]))
  expect(plannedHooks(hooks, false)).toEqual([...hookPoints])
  expect(plannedHooks(hooks, true)).toEqual(['confirm-rollout', 'before-shift', 'before-promote'])
  expect(plannedHooks({ 'after-shift': {} }, false)).toEqual(['after-shift'])
})
