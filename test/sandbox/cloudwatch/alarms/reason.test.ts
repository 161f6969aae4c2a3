import { expect, test } from 'vitest'
import { evaluate, type Rule } from '../../../../src/sandbox/cloudwatch/alarms/evaluate.ts'
import { stateReason } from '../../../../src/sandbox/cloudwatch/alarms/reason.ts'

const minute = 60_000
const open = Date.parse('2026-11-21T10:03:00Z')
const rule: Rule = {
  period: minute,
  evaluationPeriods: 1,
  datapointsToAlarm: 1,
  threshold: 1,
  comparison: 'GreaterThanOrEqualToThreshold',
  missingData: 'notBreaching',
  isMOfN: true,
  openPeriodCounts: false,
}

/** The reason for values of the whole periods before 10:03, the newest last. */
function reason(changes: Partial<Rule>, ...values: number[]): string {
  const changed = { ...rule, ...changes }
  const points = new Map(values.map((value, index) => [open - (values.length - index) * minute, value]))
  const verdict = evaluate(changed, points, open)
  return verdict ? stateReason(changed, verdict) : 'kept'
}

test('an alarm names the points that breached and how many it takes', () => {
  expect(reason({}, 3)).toBe(
    'Threshold Crossed: 1 out of the last 1 datapoints [3.0 (21/11/26 10:02:00)] was greater than or equal to the threshold (1.0) (minimum 1 datapoint for OK -> ALARM transition).',
  )
  expect(reason({ evaluationPeriods: 3, datapointsToAlarm: 2, threshold: 2.5 }, 4, 0, 5)).toBe(
    'Threshold Crossed: 2 out of the last 3 datapoints [5.0 (21/11/26 10:02:00), 4.0 (21/11/26 10:00:00)] were greater than or equal to the threshold (2.5) (minimum 2 datapoints for OK -> ALARM transition).',
  )
})

test('an alarm without DatapointsToAlarm names the points only', () => {
  expect(reason({ isMOfN: false, comparison: 'GreaterThanThreshold', threshold: 2 }, 21.5)).toBe(
    'Threshold Crossed: 1 datapoint [21.5 (21/11/26 10:02:00)] was greater than the threshold (2.0).',
  )
})

test('an alarm that clears names the points that did not breach', () => {
  expect(reason({ comparison: 'LessThanThreshold' }, 2)).toBe(
    'Threshold Crossed: 1 out of the last 1 datapoints [2.0 (21/11/26 10:02:00)] was not less than the threshold (1.0) (minimum 1 datapoint for ALARM -> OK transition).',
  )
})

test('missing points are named with how they were treated', () => {
  expect(reason({})).toBe(
    'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].',
  )
  expect(reason({ missingData: 'breaching', evaluationPeriods: 2, datapointsToAlarm: 2 })).toBe(
    'Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints were treated as [Breaching].',
  )
})

test('no data at all is insufficient', () => {
  expect(reason({ missingData: 'missing' })).toBe('Insufficient Data: 1 datapoint was unknown.')
})
