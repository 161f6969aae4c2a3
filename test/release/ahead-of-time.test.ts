import { describe, expect, test } from 'vitest'
import { decide } from '../../src/release/decision/decide.ts'
import type { Plan } from '../../src/release/plan/plan.ts'
import type { AliasState, Verdict } from '../../src/release/values/observed.ts'
import { formatRecord, type Phase, type ReleaseRecord } from '../../src/release/values/record.ts'

const start = Date.parse('2026-11-21T10:00:00Z')
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

function placeAt(phase: Phase, step: number, where: Pick<AliasState, 'version' | 'weight'>) {
  const { id, strategy, candidate, held } = plan
  const record: ReleaseRecord = { id, strategy, phase, step, steps: 2, candidate, held, since: start }
  return { record, alias: { name: 'live', ...where, description: formatRecord(record), revisionId: 'r1' } }
}

const places = {
  first: placeAt('shifting', 1, { version: '3', weight: { version: '4', percent: 10 } }),
  second: placeAt('shifting', 2, { version: '3', weight: { version: '4', percent: 50 } }),
  bake: placeAt('baking', 2, { version: '4' }),
}

describe('a record that is ahead of time', () => {
  const hour = 3_600_000

  test.each(['first', 'second', 'bake'] as const)('begins its %s where it is seen', (place) => {
    const { version, weight } = places[place].alias
    const now = start - hour
    expect(decide(plan, { ...places[place], verdict: pass }, now)).toEqual({
      do: 'shift',
      change: { version, weight, record: { ...places[place].record, since: now } },
    })
  })

  test('is rolled back at once by a gate that fails', () => {
    expect(decide(plan, { ...places.first, verdict: fail }, start - hour)).toMatchObject({ do: 'roll-back' })
  })

  test('is waited for where it is ahead by what answers may differ', () => {
    expect(decide(plan, { ...places.first, verdict: pass }, start - 2000)).toEqual({
      do: 'wait',
      until: start + 100,
    })
  })
})
