import { expect, test } from 'vitest'
import { effectOf, type SteeringVerb } from '../../../src/release/decision/steering-effect.ts'
import type { Plan } from '../../../src/release/plan/plan.ts'
import type { AliasState } from '../../../src/release/values/observed.ts'
import type { Phase, ReleaseRecord } from '../../../src/release/values/record.ts'

const plan: Plan = {
  id: 'ours',
  strategy: 'canary',
  candidate: '4',
  stable: '3',
  held: ['3'],
  steps: [
    { percent: 10, holdMs: 300_000 },
    { percent: 50, holdMs: 600_000 },
  ],
  bakeMs: 60_000,
  alarms: ['errors'],
}

function about(phase: Phase, step: number, percent?: number): [AliasState, ReleaseRecord] {
  const { id, strategy, candidate, held } = plan
  const weight = percent === undefined ? {} : { weight: { version: '4', percent } }
  return [
    { name: 'live', version: '3', ...weight, description: '', revisionId: 'r1' },
    { id, strategy, candidate, held, phase, step, steps: 2, since: 0 },
  ]
}

const first = about('paused', 1, 10)
const second = about('awaiting-approval', 2, 50)

test.each<[SteeringVerb, ReturnType<typeof about>, Plan | undefined, string]>([
  ['approve', first, plan, 'step 1 of 2 begins again: 10% on version 4, for 5 min'],
  ['approve', first, undefined, 'step 1 of 2 begins again: 10% on version 4'],
  ['approve', about('paused', 2), plan, 'the bake of version 4 begins again, for 1 min'],
  ['approve', about('awaiting-approval', 1, 10), plan, 'version 4 gets 50% once its gates pass, for 10 min'],
  ['approve', second, plan, 'version 4 gets 100% once its gates pass'],
  ['step', first, plan, 'version 4 gets 50% now, for 10 min'],
  ['step', second, plan, 'version 4 gets 100% now, and its bake follows, for 1 min'],
  ['promote', first, { ...plan, bakeMs: 0 }, 'version 4 gets 100% now, and the release is done'],
  ['promote', about('paused', 2), plan, 'the bake of version 4 begins again, for 1 min'],
  ['step', about('paused', 2), plan, 'the bake of version 4 begins again, for 1 min'],
  ['pause', first, plan, 'version 4 keeps 10% until somebody approves'],
  ['abort', first, plan, 'version 4 loses its traffic to version 3'],
])('%s', (verb, [alias, record], known, effect) => {
  expect(effectOf(verb, known, alias, record)).toBe(effect)
})
