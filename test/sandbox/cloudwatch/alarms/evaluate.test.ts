import { describe, expect, test } from 'vitest'
import { evaluate, type MissingData, type Rule } from '../../../../src/sandbox/cloudwatch/alarms/evaluate.ts'

const minute = 60_000
/** 30 s into a period. */
const now = Date.parse('2026-11-21T10:05:30Z')
const open = Date.parse('2026-11-21T10:05:00Z')

const threeOfThree: Rule = {
  period: minute,
  evaluationPeriods: 3,
  datapointsToAlarm: 3,
  threshold: 1,
  comparison: 'GreaterThanOrEqualToThreshold',
  missingData: 'missing',
  isMOfN: true,
  openPeriodCounts: false,
}
const twoOfThree: Rule = { ...threeOfThree, datapointsToAlarm: 2 }

/** `0` does not breach, `X` does, `-` is missing; the newest whole period is the last. */
function points(pattern: string): Map<number, number> {
  const values = new Map<number, number>()
  const marks = pattern.split(' ')
  for (const [index, mark] of marks.entries()) {
    const time = open - (marks.length - index) * minute
    if (mark !== '-') values.set(time, mark === 'X' ? 5 : 0)
  }
  return values
}

function stateOf(rule: Rule, pattern: string, missingData: MissingData): string {
  return evaluate({ ...rule, missingData }, points(pattern), now)?.state ?? 'kept'
}

describe('missing data, as the tables of the CloudWatch guide have it', () => {
  const treatments: MissingData[] = ['missing', 'ignore', 'breaching', 'notBreaching']

  test.each([
    ['0 - X - X', ['OK', 'OK', 'OK', 'OK']],
    ['- - - - 0', ['OK', 'OK', 'OK', 'OK']],
    ['- - - - -', ['INSUFFICIENT_DATA', 'kept', 'ALARM', 'OK']],
    ['0 X X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['- - X - -', ['ALARM', 'kept', 'ALARM', 'OK']],
    ['- - - - X', ['INSUFFICIENT_DATA', 'kept', 'ALARM', 'OK']],
    ['X - - - -', ['ALARM', 'kept', 'ALARM', 'OK']],
  ])('3 out of 3 with %s', (pattern, states) => {
    expect(treatments.map((treatment) => stateOf(threeOfThree, pattern, treatment))).toEqual(states)
  })

  test.each([
    ['0 - X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0 0 X 0 X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0 - X - -', ['OK', 'OK', 'ALARM', 'OK']],
    ['- - - - 0', ['OK', 'OK', 'ALARM', 'OK']],
    ['- - - X -', ['ALARM', 'kept', 'ALARM', 'OK']],
  ])('2 out of 3 with %s', (pattern, states) => {
    expect(treatments.map((treatment) => stateOf(twoOfThree, pattern, treatment))).toEqual(states)
  })
})

describe('comparison', () => {
  const oneOfOne: Rule = { ...threeOfThree, evaluationPeriods: 1, datapointsToAlarm: 1, threshold: 5 }

  test.each([
    ['GreaterThanThreshold', ['OK', 'OK', 'ALARM']],
    ['GreaterThanOrEqualToThreshold', ['OK', 'ALARM', 'ALARM']],
    ['LessThanThreshold', ['ALARM', 'OK', 'OK']],
    ['LessThanOrEqualToThreshold', ['ALARM', 'ALARM', 'OK']],
  ] as const)('%s of 4, 5 and 6 to a threshold of 5', (comparison, states) => {
    const found = [4, 5, 6].map(
      (value) => evaluate({ ...oneOfOne, comparison }, new Map([[open - minute, value]]), now)?.state,
    )
    expect(found).toEqual(states)
  })
})

describe('the open period', () => {
  const counting: Rule = {
    ...threeOfThree,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    openPeriodCounts: true,
  }

  test('counts as soon as it breaches', () => {
    const values = new Map([
      [open - minute, 0],
      [open, 1],
    ])
    expect(evaluate(counting, values, now)?.points).toEqual([{ time: open, value: 1 }])
    expect(evaluate(counting, values, now)?.state).toBe('ALARM')
  })

  test('does not count while it does not breach', () => {
    const values = new Map([
      [open - minute, 1],
      [open, 0],
    ])
    expect(evaluate(counting, values, now)?.state).toBe('ALARM')
  })

  test('does not count for a statistic that may still fall', () => {
    const values = new Map([
      [open - minute, 0],
      [open, 9],
    ])
    expect(evaluate({ ...counting, openPeriodCounts: false }, values, now)?.state).toBe('OK')
  })
})
