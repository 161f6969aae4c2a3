import { describe, expect, test } from 'vitest'
import { type Decision, decide } from '../../src/release/decision/decide.ts'
import type { HookStandings } from '../../src/release/plan/hooks.ts'
import type { Plan } from '../../src/release/plan/plan.ts'
import type { AliasState, Verdict } from '../../src/release/values/observed.ts'
import type { Phase, ReleaseRecord } from '../../src/release/values/record.ts'

const start = 1_000_000
const plan: Plan = {
  id: 'ours',
  strategy: 'canary',
  candidate: '4',
  stable: '3',
  held: ['3', '2'],
  steps: [
    { percent: 10, holdMs: 100 },
    { percent: 50, holdMs: 100, approval: true },
  ],
  bakeMs: 100,
  alarms: ['errors'],
}
const pass: Verdict = { outcome: 'pass', reason: 'errors is OK' }

interface Case {
  phase?: Phase
  step?: number
  verdict?: Verdict
  after?: number
  plan?: Partial<Plan>
  hooks?: HookStandings
}

/** The decision about a release that is this far, while a person is asked. */
function whileAsked({ phase = 'shifting', step = 1, verdict = pass, after = 100, ...more }: Case): Decision {
  const { id, strategy, candidate, held } = plan
  const record: ReleaseRecord = { id, strategy, phase, step, steps: 2, candidate, held, since: start }
  const share = { version: '3', weight: { version: '4', percent: step === 1 ? 10 : 50 } }
  const alias: AliasState = {
    name: 'live',
    ...(phase === 'baking' ? { version: '4' } : share),
    description: '',
    revisionId: 'r1',
  }
  const { hooks = {} } = more
  return decide({ ...plan, ...more.plan }, { alias, record, verdict, hooks, isAsked: true }, start + after)
}

describe('while a person is asked how to go on', () => {
  test.each<[string, Case]>([
    ['a step that is over', {}],
    ['the last step', { phase: 'approved', step: 2 }],
    ['a bake that is over', { phase: 'baking', step: 2 }],
    ['a hook before the next shift', { plan: { hooks: ['before-shift'] } }],
    ['a record ahead of time, whose step would begin again', { after: -10_000 }],
  ])('%s is held', (_, about) => {
    expect(whileAsked(about)).toEqual({ do: 'hold' })
  })

  test.each<[string, Case, Decision['do']]>([
    ['a failed gate rolls back', { verdict: { outcome: 'fail', reason: 'errors fires' } }, 'roll-back'],
    [
      'a failed hook rolls back',
      { hooks: { 'after-shift': { ...pass, outcome: 'fail', ended: 1 } } },
      'roll-back',
    ],
    ['a step that is not over waits', { after: 99 }, 'wait'],
    [
      'missing data pauses in the end',
      { verdict: { outcome: 'inconclusive', reason: 'none' }, after: 200 },
      'pause',
    ],
    ['a step that wants approval asks for it', { step: 2 }, 'pause'],
    ['a hook after the shift runs', { after: 0, plan: { hooks: ['after-shift'] } }, 'ask'],
  ])('%s', (_, about, what) => {
    expect(whileAsked(about)).toMatchObject({ do: what })
  })
})
