import { describe, expect, test } from 'vitest'
import { alarmVerdict } from '../../../src/gates/alarms/gate.ts'
import { judgeAlarms } from '../../../src/gates/alarms/verdict.ts'
import type { Breakglass } from '../../../src/release/plan/breakglass.ts'
import { alarm } from '../alarm.ts'

const ok = alarm('errors')
const slow = alarm('slow')
const firing = alarm('errors', { condition: 'ALARM' })
const unknown = alarm('slow', { condition: 'INSUFFICIENT_DATA' })

test.each([
  ['no alarm is asked for', [], [], 'pass', 'no alarm gates this release'],
  ['the one alarm is OK', ['errors'], [ok], 'pass', 'errors is OK'],
  ['all are OK', ['errors', 'slow'], [ok, slow], 'pass', 'all alarms are OK'],
  ['one fires', ['errors', 'slow'], [firing, slow], 'fail', 'alarm errors is in ALARM (1 datapoint)'],
  [
    'two fire',
    ['errors', 'slow'],
    [firing, alarm('slow', { condition: 'ALARM', reason: 'late' })],
    'fail',
    'alarm errors is in ALARM (1 datapoint); alarm slow is in ALARM (late)',
  ],
  [
    'one fires while another has no data',
    ['errors', 'slow'],
    [firing, unknown],
    'fail',
    'alarm errors is in ALARM (1 datapoint)',
  ],
  [
    'one fires while another is gone',
    ['errors', 'slow'],
    [firing],
    'fail',
    'alarm errors is in ALARM (1 datapoint)',
  ],
  ['one has no data', ['errors', 'slow'], [ok, unknown], 'inconclusive', 'not enough data for slow'],
  ['one is gone', ['errors', 'slow'], [ok], 'inconclusive', 'these alarms no longer exist: slow'],
  ['all are gone', ['errors', 'slow'], [], 'inconclusive', 'these alarms no longer exist: errors, slow'],
] as const)('the verdict when %s', (_, names, alarms, outcome, reason) => {
  expect(alarmVerdict(names, judgeAlarms(alarms, {}))).toEqual({ outcome, reason })
})

describe('an alarm without data', () => {
  test.each([
    ['inconclusive', 'inconclusive', 'not enough data for slow'],
    ['pass', 'pass', 'errors is OK; no data for slow, which counts as passing in this release'],
    ['fail', 'fail', 'alarm slow has no data, which counts as failing in this release'],
  ] as const)('says what the plan says: %s', (insufficientData, outcome, reason) => {
    const judged = judgeAlarms([ok, unknown], { insufficientData })
    expect(alarmVerdict(['errors', 'slow'], judged)).toEqual({ outcome, reason })
  })

  test('that passes alone leaves nothing to call OK', () => {
    const judged = judgeAlarms([unknown], { insufficientData: 'pass' })
    expect(alarmVerdict(['slow'], judged)).toEqual({
      outcome: 'pass',
      reason: 'no data for slow, which counts as passing in this release',
    })
  })
})

describe('an alarm that fires since before a release that went past it', () => {
  const breakglass: Breakglass = { reason: 'incident', firing: [{ alarm: 'errors', since: 1000 }] }
  const still = alarm('errors', { condition: 'ALARM', since: 1000 })
  const verdict = (names: string[], ...alarms: (typeof still)[]) =>
    alarmVerdict(names, judgeAlarms(alarms, { breakglass }))

  test('is excused, and named', () => {
    expect(verdict(['errors', 'slow'], still, slow)).toEqual({
      outcome: 'pass',
      reason: 'slow is OK; alarm errors still fires since before the release (breakglass)',
    })
    expect(verdict(['errors'], still)).toEqual({
      outcome: 'pass',
      reason: 'alarm errors still fires since before the release (breakglass)',
    })
  })

  test('counts again once its state has changed, though nobody saw it recover', () => {
    expect(verdict(['errors'], { ...still, since: 1001 }).outcome).toBe('fail')
    expect(verdict(['errors'], { ...still, since: 999 }).outcome).toBe('fail')
  })

  test('excuses no other alarm of the same moment', () => {
    expect(verdict(['errors', 'slow'], still, alarm('slow', { condition: 'ALARM', since: 1000 }))).toEqual({
      outcome: 'fail',
      reason: 'alarm slow is in ALARM (1 datapoint)',
    })
  })

  test('does not hide the doubt of another', () => {
    expect(verdict(['errors', 'slow'], still, unknown)).toEqual({
      outcome: 'inconclusive',
      reason: 'not enough data for slow; alarm errors still fires since before the release (breakglass)',
    })
  })

  test('and recovers is OK like any other', () => {
    expect(verdict(['errors'], { ...still, condition: 'OK', since: 2000 })).toEqual({
      outcome: 'pass',
      reason: 'errors is OK',
    })
  })

  test('may be one that fails without data', () => {
    const silent = alarm('errors', { condition: 'INSUFFICIENT_DATA', since: 1000 })
    const judged = judgeAlarms([silent], { breakglass, insufficientData: 'fail' })
    expect(judged).toMatchObject([{ name: 'errors', verdict: 'excused' }])
    expect(alarmVerdict(['errors'], judged)).toEqual({
      outcome: 'pass',
      reason: 'alarm errors has had no data since before the release (breakglass)',
    })
  })
})
