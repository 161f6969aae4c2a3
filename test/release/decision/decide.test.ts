import { describe, expect, test } from 'vitest'
import { approve, type Decision, decide, firstShift, rollBack } from '../../../src/release/decision/decide.ts'
import type { Plan } from '../../../src/release/plan/plan.ts'
import type { AliasState, Verdict } from '../../../src/release/values/observed.ts'
import { formatRecord, type Phase, type ReleaseRecord } from '../../../src/release/values/record.ts'

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
}

const pass: Verdict = { outcome: 'pass', reason: 'errors is OK' }
const fail: Verdict = { outcome: 'fail', reason: 'errors fires' }
const inconclusive: Verdict = { outcome: 'inconclusive', reason: 'no data' }

function recordAt(phase: Phase, step: number, more: Partial<ReleaseRecord> = {}): ReleaseRecord {
  const { id, strategy, candidate, held } = plan
  return { id, strategy, phase, step, steps: 2, candidate, held, since: start, ...more }
}

function aliasAt(version: string, percent?: number, record?: ReleaseRecord): AliasState {
  return {
    name: 'live',
    version,
    ...(percent === undefined ? {} : { weight: { version: '4', percent } }),
    description: record ? formatRecord(record) : '',
    revisionId: 'r1',
  }
}

/** Where a release is, with the alias as it should be there. */
const places = {
  first: { record: recordAt('shifting', 1), alias: aliasAt('3', 10) },
  second: { record: recordAt('shifting', 2), alias: aliasAt('3', 50) },
  bake: { record: recordAt('baking', 2), alias: aliasAt('4') },
}

function decideAt(place: keyof typeof places, verdict: Verdict, after: number): Decision {
  return decide(plan, { ...places[place], verdict }, start + after)
}

describe('the first shift', () => {
  test('with steps it is the first of them, and the stable version keeps the rest', () => {
    expect(firstShift(plan, start)).toEqual({
      version: '3',
      weight: { version: '4', percent: 10 },
      record: recordAt('shifting', 1),
    })
  })

  test('without steps the candidate gets everything and bakes', () => {
    expect(firstShift({ ...plan, steps: [] }, start)).toEqual({
      version: '4',
      weight: undefined,
      record: recordAt('baking', 0, { steps: 0 }),
    })
  })

  test('without steps and bake it is the end, and the candidate tops what was held', () => {
    expect(firstShift({ ...plan, steps: [], bakeMs: 0 }, start)).toEqual({
      version: '4',
      weight: undefined,
      record: recordAt('done', 0, { steps: 0, held: ['4', '3', '2'] }),
    })
  })

  test('of a function without an alias there is nothing below the candidate', () => {
    const first = { ...plan, stable: undefined, held: [], steps: [], bakeMs: 0 }
    expect(firstShift(first, start)).toMatchObject({ version: '4', record: { phase: 'done', held: ['4'] } })
  })
})

test.each([
  ['first', 0, 100],
  ['first', 99, 100],
  ['second', 199, 200],
  ['bake', 399, 400],
] as const)('a good step is held to its end: %s after %i ms', (place, after, until) => {
  expect(decideAt(place, pass, after)).toEqual({ do: 'wait', until: start + until })
})

test.each([
  ['first', 100],
  ['first', 5000],
])('a good first step leads to the second: after %s %i ms', (_, after) => {
  expect(decideAt('first', pass, after)).toEqual({
    do: 'shift',
    change: {
      version: '3',
      weight: { version: '4', percent: 50 },
      record: recordAt('shifting', 2, { since: start + after }),
    },
  })
})

test('after the last step the candidate gets everything and bakes', () => {
  expect(decideAt('second', pass, 200)).toEqual({
    do: 'shift',
    change: { version: '4', weight: undefined, record: recordAt('baking', 2, { since: start + 200 }) },
  })
})

test('without a bake the last step leads to the end', () => {
  const decision = decide({ ...plan, bakeMs: 0 }, { ...places.second, verdict: pass }, start + 200)
  expect(decision).toMatchObject({ do: 'shift', change: { version: '4', record: { phase: 'done' } } })
})

test('a good bake ends the release, and the candidate joins what was held', () => {
  expect(decideAt('bake', pass, 400)).toEqual({
    do: 'finish',
    change: {
      version: '4',
      weight: undefined,
      record: recordAt('done', 2, { since: start + 400, held: ['4', '3', '2'] }),
    },
  })
})

test.each(
  (['first', 'second', 'bake'] as const).flatMap((place) =>
    [0, 100, 100_000].map((after) => [place, after] as const),
  ),
)('a failed gate rolls back at once: %s after %i ms', (place, after) => {
  expect(decideAt(place, fail, after)).toEqual({
    do: 'roll-back',
    change: {
      version: '3',
      weight: undefined,
      record: {
        ...places[place].record,
        phase: 'rolled-back',
        since: start + after,
        reason: 'errors fires',
      },
    },
    reason: 'errors fires',
  })
})

test.each([
  ['first', 99, 100],
  ['first', 100, 200],
  ['first', 199, 200],
  ['second', 200, 400],
  ['bake', 400, 800],
  ['bake', 799, 800],
] as const)(
  'an inconclusive step is extended once by its own length: %s after %i ms',
  (place, after, until) => {
    expect(decideAt(place, inconclusive, after)).toEqual({ do: 'wait', until: start + until })
  },
)

test.each([
  ['first', 200, 10],
  ['second', 400, 50],
  ['bake', 800, undefined],
] as const)('then it pauses where it is: %s after %i ms', (place, after, percent) => {
  expect(decideAt(place, inconclusive, after)).toEqual({
    do: 'pause',
    change: {
      version: percent === undefined ? '4' : '3',
      weight: percent === undefined ? undefined : { version: '4', percent },
      record: { ...places[place].record, phase: 'paused', since: start + after, reason: 'no data' },
    },
    reason: 'no data',
  })
})

test('an extended step goes on as soon as its gates pass', () => {
  expect(decideAt('first', pass, 150)).toMatchObject({ do: 'shift', change: { record: { step: 2 } } })
})

test('a record from the future, by a clock that is ahead, is waited for', () => {
  expect(decideAt('first', pass, -5000)).toEqual({ do: 'wait', until: start + 100 })
})

describe("an alias that is no longer the release's is left alone", () => {
  const leave = (alias: AliasState, record: ReleaseRecord | undefined, verdict = pass) =>
    decide(plan, { alias, record, verdict }, start)

  test('another release has it', () => {
    const other = recordAt('shifting', 1, { id: 'theirs' })
    expect(leave(aliasAt('3', 10), other)).toEqual({
      do: 'leave',
      reason: 'alias live now belongs to release theirs (canary, shifting)',
    })
  })

  const moved = (version: string) =>
    `alias live was moved to version ${version} by something other than lambdactl`

  test('its record is gone', () => {
    expect(leave(aliasAt('9'), undefined, fail)).toEqual({ do: 'leave', reason: moved('9') })
  })

  test.each([
    ['shifting', aliasAt('9')],
    ['shifting', aliasAt('3')],
    ['shifting', aliasAt('3', 11)],
    ['shifting', aliasAt('4', 10)],
    ['shifting', { ...aliasAt('3'), weight: { version: '5', percent: 10 } }],
    ['baking', aliasAt('3')],
    ['baking', { ...aliasAt('4'), weight: { version: '5', percent: 10 } }],
  ] as const)('it was moved by hand, which keeps the record: %s', (phase, alias) => {
    const record = recordAt(phase, phase === 'baking' ? 2 : 1)
    for (const verdict of [pass, fail, inconclusive]) {
      expect(leave(alias, record, verdict)).toMatchObject({
        do: 'leave',
        reason: expect.stringContaining('by something other than lambdactl') as string,
      })
    }
  })

  test.each(['done', 'rolled-back'] as const)('it is %s already', (phase) => {
    const version = phase === 'done' ? '4' : '3'
    expect(leave(aliasAt(version), recordAt(phase, 2), fail)).toEqual({
      do: 'leave',
      reason: `release ours is already ${phase}`,
    })
  })
})

test('a release without a stable version can only stay where it is', () => {
  const decision = rollBack({ ...recordAt('baking', 0), held: [] }, 'stopped', start)
  expect(decision.change.version).toBe('4')
})

describe('a step that a person approves', () => {
  const asked: Plan = {
    ...plan,
    steps: [
      { percent: 10, holdMs: 100, approval: true },
      { percent: 50, holdMs: 200 },
    ],
  }
  const decideFor = (phase: Phase, verdict: Verdict, after: number) =>
    decide(asked, { record: recordAt(phase, 1), alias: aliasAt('3', 10), verdict }, start + after)

  test('holds the release where it is once it is over and its gates pass', () => {
    expect(decideFor('shifting', pass, 99)).toEqual({ do: 'wait', until: start + 100 })
    expect(decideFor('shifting', pass, 100)).toMatchObject({
      do: 'pause',
      change: {
        version: '3',
        weight: { version: '4', percent: 10 },
        record: { phase: 'awaiting-approval', since: start + 100 },
      },
    })
  })

  test('is not offered for approval before its gates pass', () => {
    expect(decideFor('shifting', inconclusive, 100)).toEqual({ do: 'wait', until: start + 200 })
    expect(decideFor('shifting', inconclusive, 200)).toMatchObject({
      change: { record: { phase: 'paused' } },
    })
  })

  test('stays as long as nobody approves, and is rolled back by a gate that fails meanwhile', () => {
    expect(decideFor('awaiting-approval', pass, 1e9)).toMatchObject({ do: 'stay' })
    expect(decideFor('awaiting-approval', inconclusive, 1e9)).toMatchObject({ do: 'stay' })
    expect(decideFor('awaiting-approval', fail, 1e9)).toMatchObject({ do: 'roll-back' })
  })

  test('moves on once it is approved, as soon as its gates pass', () => {
    const { record, ...where } = approve(
      aliasAt('3', 10),
      recordAt('awaiting-approval', 1, { reason: 'held' }),
      start,
    )
    expect(record).toEqual(recordAt('approved', 1))
    expect(where).toEqual({ version: '3', weight: { version: '4', percent: 10 } })
    expect(decideFor('approved', pass, 0)).toMatchObject({ do: 'shift', change: { weight: { percent: 50 } } })
    expect(decideFor('approved', inconclusive, 0)).toEqual({ do: 'wait', until: start + 100 })
    expect(decideFor('approved', inconclusive, 100)).toMatchObject({ do: 'pause' })
    expect(decideFor('approved', fail, 0)).toMatchObject({ do: 'roll-back' })
  })
})
