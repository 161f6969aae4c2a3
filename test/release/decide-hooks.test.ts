import { describe, expect, test } from 'vitest'
import { type Decision, decide, firstShift } from '../../src/release/decision/decide.ts'
import type { HookPoint, HookStandings, HookVerdict } from '../../src/release/plan/hooks.ts'
import { type Plan, upcomingShifts } from '../../src/release/plan/plan.ts'
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
    { percent: 50, holdMs: 200 },
  ],
  bakeMs: 400,
  alarms: ['errors'],
  hooks: ['confirm-rollout', 'before-shift', 'after-shift', 'before-promote', 'after-rollback'],
}

const pass: Verdict = { outcome: 'pass', reason: 'errors is OK' }
const doubt: Verdict = { outcome: 'inconclusive', reason: 'no data' }
const fail: Verdict = { outcome: 'fail', reason: 'errors fires' }

function said(outcome: Verdict['outcome'], ended = start): HookVerdict {
  return { outcome, reason: `it ${outcome}s`, ended }
}

function recordAt(phase: Phase, step: number): ReleaseRecord {
  const { id, strategy, candidate, held } = plan
  return { id, strategy, phase, step, steps: 2, candidate, held, since: start }
}

function at(version: string, percent?: number): AliasState {
  const weight = percent === undefined ? {} : { weight: { version: '4', percent } }
  return { name: 'live', version, ...weight, description: '', revisionId: 'r1' }
}

const places = {
  first: { record: recordAt('shifting', 1), alias: at('3', 10) },
  last: { record: recordAt('shifting', 2), alias: at('3', 50) },
  bake: { record: recordAt('baking', 2), alias: at('4') },
  paused: { record: { ...recordAt('paused', 1), reason: 'lunch' }, alias: at('3', 10) },
  awaiting: { record: { ...recordAt('awaiting-approval', 1), reason: 'held' }, alias: at('3', 10) },
  approved: { record: recordAt('approved', 1), alias: at('3', 10) },
}

function decideAt(
  place: keyof typeof places,
  after: number,
  hooks: HookStandings,
  verdict = pass,
  changed: Partial<Plan> = {},
): Decision {
  return decide({ ...plan, ...changed }, { ...places[place], verdict, hooks }, start + after)
}

const passed = { 'after-shift': said('pass') }

describe('the hook after a shift', () => {
  test.each(['first', 'last', 'bake'] as const)('is asked first of all: %s', (place) => {
    const { record } = places[place]
    expect(decideAt(place, 0, {})).toEqual({ do: 'ask', hook: 'after-shift', record })
    expect(decideAt(place, 0, {}, doubt)).toEqual({ do: 'ask', hook: 'after-shift', record })
    expect(decideAt(place, 9999, {})).toMatchObject({ do: 'ask', hook: 'after-shift' })
  })

  test.each([
    ['first', 50],
    ['first', 5000],
    ['bake', 5000],
  ] as const)('nothing moves while it runs: %s after %i ms', (place, after) => {
    for (const verdict of [pass, doubt])
      expect(decideAt(place, after, { 'after-shift': 'running' }, verdict)).toMatchObject({
        do: 'wait',
        hook: 'after-shift',
      })
  })

  test('a bake ends once it has passed', () => {
    expect(decideAt('bake', 399, passed)).toEqual({ do: 'wait', until: start + 400 })
    expect(decideAt('bake', 400, passed)).toMatchObject({ do: 'finish' })
  })

  test('is not asked again of a step that was approved', () => {
    expect(decideAt('approved', 0, {})).toMatchObject({ do: 'ask', hook: 'before-shift' })
  })
})

describe('the hook before a shift', () => {
  test.each([
    ['first', 100, 'before-shift'],
    ['last', 200, 'before-promote'],
  ] as const)('is asked when the step is over: %s after %i ms %s', (place, after, hook) => {
    expect(decideAt(place, after - 1, passed)).toEqual({ do: 'wait', until: start + after })
    expect(decideAt(place, after, passed)).toEqual({ do: 'ask', hook, record: places[place].record })
    expect(decideAt(place, after, { ...passed, [hook]: 'running' })).toMatchObject({ do: 'wait', hook })
    expect(decideAt(place, after, { ...passed, [hook]: said('pass') })).toMatchObject({ do: 'shift' })
  })

  test('is not asked while the other gates are in doubt', () => {
    expect(decideAt('first', 100, passed, doubt)).toEqual({ do: 'wait', until: start + 200 })
    expect(decideAt('first', 200, passed, doubt)).toMatchObject({ do: 'pause', reason: 'no data' })
  })

  test('that runs is waited for, whatever becomes unknown meanwhile', () => {
    const hooks = { ...passed, 'before-shift': 'running' } as const
    expect(decideAt('first', 5000, hooks, doubt)).toMatchObject({ do: 'wait', hook: 'before-shift' })
  })

  test('that took long does not use up the time that doubt is given', () => {
    const hooks = { ...passed, 'before-shift': said('pass', start + 5000) }
    expect(decideAt('first', 5001, hooks, doubt)).toEqual({ do: 'wait', until: start + 5100 })
    expect(decideAt('first', 5100, hooks, doubt)).toMatchObject({ do: 'pause', reason: 'no data' })
  })

  test('is asked once a person has approved, and not before', () => {
    const [step, ...more] = plan.steps
    const steps = [{ ...step, percent: 10, holdMs: 100, approval: true }, ...more]
    expect(decideAt('first', 100, passed, pass, { steps })).toMatchObject({
      do: 'pause',
      change: { record: { phase: 'awaiting-approval' } },
    })
    expect(decideAt('approved', 0, {}, pass, { steps })).toMatchObject({ do: 'ask', hook: 'before-shift' })
  })
})

test.each([
  ['first', 'after-shift', 0],
  ['first', 'before-shift', 100],
  ['last', 'before-promote', 200],
  ['bake', 'after-shift', 0],
  ['approved', 'before-shift', 0],
] as const)('one that fails rolls back, and one in doubt pauses: %s %s', (place, hook, after) => {
  const before = hook === 'after-shift' ? {} : passed
  expect(decideAt(place, after, { ...before, [hook]: said('fail') })).toMatchObject({
    do: 'roll-back',
    reason: 'it fails',
    change: { version: '3', record: { phase: 'rolled-back', reason: 'it fails' } },
  })
  expect(decideAt(place, after, { ...before, [hook]: said('inconclusive') })).toMatchObject({
    do: 'pause',
    reason: 'it inconclusives',
    change: { record: { phase: 'paused' } },
  })
})

test('a failure counts before doubt, also of a release that is held by then', () => {
  for (const place of ['first', 'paused', 'awaiting'] as const)
    expect(decideAt(place, 0, { 'before-shift': said('fail') }, doubt)).toMatchObject({ do: 'roll-back' })
})

test('an alarm that fires counts before any hook', () => {
  for (const standing of ['running', said('pass'), said('inconclusive')] as const)
    expect(decideAt('first', 0, { 'after-shift': standing }, fail)).toMatchObject({
      do: 'roll-back',
      reason: 'errors fires',
    })
})

test('doubt about a hook whose turn has not come holds nothing', () => {
  const hooks = { ...passed, 'before-shift': said('inconclusive') }
  expect(decideAt('first', 50, hooks)).toEqual({ do: 'wait', until: start + 100 })
  expect(decideAt('last', 200, { ...hooks, 'before-promote': said('pass') })).toMatchObject({ do: 'shift' })
})

test('a held release asks nothing', () => {
  for (const place of ['paused', 'awaiting'] as const)
    expect(decideAt(place, 5000, {})).toMatchObject({ do: 'stay' })
})

test('what the plan does not name is not asked', () => {
  const { hooks: _, ...without } = plan
  expect(decide(without, { ...places.first, verdict: pass }, start + 100)).toMatchObject({ do: 'shift' })
  const some: HookPoint[] = ['confirm-rollout', 'after-rollback']
  expect(decideAt('bake', 400, {}, pass, { hooks: some })).toMatchObject({ do: 'finish' })
})

test('a hook after the switch makes a bake of it, however short', () => {
  const short = { ...plan, steps: [], bakeMs: 0 }
  expect(firstShift(short, start)).toMatchObject({ version: '4', record: { phase: 'baking' } })
  expect(firstShift({ ...short, hooks: ['before-promote'] }, start)).toMatchObject({
    record: { phase: 'done' },
  })
  expect(upcomingShifts({ ...plan, bakeMs: 0 }, recordAt('shifting', 2))).toMatchObject([
    { percent: 100, ends: false },
    { percent: 100, ends: true },
  ])
})
