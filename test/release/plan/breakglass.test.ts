import { expect, test } from 'vitest'
import { decide, firstShift } from '../../../src/release/decision/decide.ts'
import type { Plan } from '../../../src/release/plan/plan.ts'
import { formatRecord } from '../../../src/release/values/record.ts'

const start = 1_000_000
const plan: Plan = {
  id: 'ours',
  strategy: 'canary',
  candidate: '4',
  stable: '3',
  held: ['3', '2'],
  steps: [{ percent: 10, holdMs: 100 }],
  bakeMs: 400,
  alarms: ['errors'],
  breakglass: { reason: 'incident 42', firing: [] },
}
const reason = 'breakglass: incident 42'

test('a release that went past its gates says so in its record, from its first shift on', () => {
  expect(firstShift(plan, start).record).toMatchObject({ phase: 'shifting', reason })
  expect(firstShift({ ...plan, steps: [], bakeMs: 0 }, start).record).toMatchObject({ phase: 'done', reason })
})

test('and is rolled back with the reason of that', () => {
  const { record, weight } = firstShift(plan, start)
  if (!weight) throw new Error('It begins with a step.')
  const alias = { name: 'live', version: '3', weight, description: formatRecord(record), revisionId: 'r1' }
  const verdict = { outcome: 'fail', reason: 'errors fires' } as const
  expect(decide(plan, { alias, record, verdict }, start)).toMatchObject({
    do: 'roll-back',
    change: { version: '3', record: { phase: 'rolled-back', reason: 'errors fires' } },
  })
})
