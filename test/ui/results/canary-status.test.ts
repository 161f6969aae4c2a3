import { expect, test, vi } from 'vitest'
import { type Plan, upcomingShifts } from '../../../src/release/plan/plan.ts'
import type { ReleaseRecord } from '../../../src/release/values/record.ts'
import { releaseText } from '../../../src/ui/results/canary-status.ts'

vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '0').stubEnv('CI', 'true'))

const plan: Plan = {
  id: 'ours',
  strategy: 'canary',
  candidate: '4',
  stable: '3',
  held: ['3'],
  steps: [],
  bakeMs: 0,
  alarms: ['errors'],
}

const record = { id: 'ours', strategy: 'canary', candidate: '4', held: ['3'], steps: 2, since: 0 } as const
const shown = {
  function: 'checkout',
  alias: { name: 'live', version: '3', description: '', revisionId: 'r1' },
  outcome: 'going',
} as const

test('the status of a release shows the plan it goes by, and what each step asks for', () => {
  const steps = [
    { percent: 10, holdMs: 60_000, invocations: 1000 },
    { percent: 50, holdMs: 300_000, approval: true },
  ]
  const hooked: Plan = { ...plan, steps, bakeMs: 60_000, hooks: ['after-shift'], provisioned: { amount: 2 } }
  const shifting: ReleaseRecord = { ...record, phase: 'shifting', step: 1 }
  const text = releaseText(
    {
      ...shown,
      standing: { phase: 'shifting', summary: 'It is shifting.' },
      record: shifting,
      upcoming: upcomingShifts(hooked, shifting),
      plan: hooked,
      alarms: [{ name: 'errors', arn: '', condition: 'OK', reason: 'quiet', since: 0, verdict: 'pass' }],
    },
    Infinity,
  )
  expect(text.split('\n').slice(2)).toEqual([
    '  gated by errors, with hooks at after-shift',
    '  with 2 provisioned environments',
    '  this step: 10%, holds 1 min, has at least 1000 invocations',
    '  1970-01-01 00:01:00Z  50% at the earliest, holds 5 min, awaits approval',
    '             00:06:00Z  100% at the earliest, bakes 1 min',
    '             00:07:00Z  done at the earliest',
    '  alarm errors: OK quiet',
  ])
})

test('the status of a release names an alarm of its plan that is gone', () => {
  const text = releaseText(
    {
      ...shown,
      standing: { phase: 'shifting', summary: 'It is shifting.' },
      upcoming: [],
      record: { ...record, phase: 'paused', step: 1 },
      plan: { ...plan, alarms: ['errors'] },
      alarms: [],
    },
    Infinity,
  )
  expect(text.split('\n').slice(2)).toEqual(['  gated by errors', '  alarm errors: it no longer exists'])
})

test('the status of a release names what is excused, and what passes without data', () => {
  const alarm = { arn: '', reason: 'late', since: 0 }
  const text = releaseText(
    {
      ...shown,
      standing: { phase: 'shifting', summary: 'It is shifting.' },
      upcoming: [],
      record: { ...record, phase: 'paused', step: 1 },
      plan: { ...plan, breakglass: { reason: 'incident 42', firing: [] } },
      alarms: [
        { ...alarm, name: 'errors', condition: 'ALARM', verdict: 'excused' },
        { ...alarm, name: 'slow', condition: 'INSUFFICIENT_DATA', verdict: 'pass' },
        { ...alarm, name: 'dead', condition: 'INSUFFICIENT_DATA', verdict: 'inconclusive' },
      ],
    },
    Infinity,
  )
  expect(text.split('\n').slice(2)).toEqual([
    '  gated by errors',
    '  breakglass: incident 42',
    '  alarm errors: ALARM             (excused by breakglass: it has been so since before the release) late',
    '  alarm slow:   INSUFFICIENT_DATA (passes without data) late',
    '  alarm dead:   INSUFFICIENT_DATA late',
  ])
})
