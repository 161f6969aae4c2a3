import { describe, expect, test } from 'vitest'
import {
  type Plan,
  releaseId,
  schedule,
  scheduleFrom,
  upcomingShifts,
} from '../../../src/release/plan/plan.ts'
import { formatRecord, parseRecord, type ReleaseRecord } from '../../../src/release/values/record.ts'

const plan: Plan = {
  id: 'ours',
  strategy: 'canary',
  candidate: '4',
  stable: '3',
  held: ['3'],
  steps: [
    { percent: 10, holdMs: 60_000 },
    { percent: 50, holdMs: 120_000 },
  ],
  bakeMs: 300_000,
  alarms: [],
}

test('each shift begins when the one before it is over', () => {
  expect(schedule(plan)).toEqual([
    { afterMs: 0, percent: 10, holdMs: 60_000 },
    { afterMs: 60_000, percent: 50, holdMs: 120_000 },
    { afterMs: 180_000, percent: 100, holdMs: 300_000 },
  ])
})

test('without steps there is one shift, now', () => {
  expect(schedule({ ...plan, steps: [], bakeMs: 0 })).toEqual([{ afterMs: 0, percent: 100, holdMs: 0 }])
})

test('a release id has eight characters that a record takes', () => {
  const id = releaseId(Uint8Array.of(0, 31, 32, 63, 128, 255, 10, 18, 99))
  expect(id).toBe('0z0z0zaj')
  const record = {
    id,
    strategy: 'canary',
    phase: 'done',
    step: 0,
    steps: 0,
    candidate: '1',
    held: [],
    since: 0,
  } as const
  expect(parseRecord(formatRecord(record))?.id).toBe(id)
})

describe('what is still to come', () => {
  const since = Date.parse('2026-11-21T10:00:00.000Z')
  const record: ReleaseRecord = {
    id: 'ours',
    strategy: 'canary',
    phase: 'shifting',
    step: 1,
    steps: 2,
    candidate: '4',
    held: ['3'],
    since,
  }

  test('in a step: the steps after it, the switch and the end of the bake', () => {
    expect(upcomingShifts(plan, record)).toEqual([
      { at: since + 60_000, percent: 50, holdMs: 120_000, ends: false },
      { at: since + 180_000, percent: 100, holdMs: 300_000, ends: false },
      { at: since + 480_000, percent: 100, holdMs: 0, ends: true },
    ])
  })

  test('without a bake the switch is the end', () => {
    expect(upcomingShifts({ ...plan, bakeMs: 0 }, { ...record, step: 2 })).toEqual([
      { at: since + 120_000, percent: 100, holdMs: 0, ends: true },
    ])
  })

  test('in the bake: its end', () => {
    expect(upcomingShifts(plan, { ...record, phase: 'baking' })).toEqual([
      { at: since + 300_000, percent: 100, holdMs: 0, ends: true },
    ])
  })

  test.each(['paused', 'done', 'rolled-back'] as const)('nothing when it is %s', (phase) => {
    expect(upcomingShifts(plan, { ...record, phase })).toEqual([])
  })
})

describe('the schedule of a release that is carried on', () => {
  const record: ReleaseRecord = {
    id: 'ours',
    strategy: 'canary',
    phase: 'shifting',
    step: 1,
    steps: 2,
    candidate: '4',
    held: ['3'],
    since: 0,
  }

  test('has the shifts that are left, from now', () => {
    expect(scheduleFrom(plan, record, 20_000)).toEqual([
      { afterMs: 40_000, percent: 50, holdMs: 120_000 },
      { afterMs: 160_000, percent: 100, holdMs: 300_000 },
    ])
  })

  test('begins now where one is overdue, and moves those after it', () => {
    expect(scheduleFrom(plan, record, 500_000)).toEqual([
      { afterMs: 0, percent: 50, holdMs: 120_000 },
      { afterMs: 120_000, percent: 100, holdMs: 300_000 },
    ])
  })

  test('has the switch where nothing bakes, and no shift in a bake', () => {
    const last = { afterMs: 0, percent: 100, holdMs: 0 }
    expect(scheduleFrom({ ...plan, bakeMs: 0 }, { ...record, step: 2 }, 120_000)).toEqual([last])
    expect(scheduleFrom(plan, { ...record, phase: 'baking', step: 2 }, 0)).toEqual([])
  })
})
