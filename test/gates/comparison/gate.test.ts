import { describe, expect, test } from 'vitest'
import { stepCheck, trafficCheck } from '../../../src/gates/comparison/check.ts'
import { comparisonGateVerdict } from '../../../src/gates/comparison/gate.ts'
import { defaultComparison } from '../../../src/gates/comparison/settings.ts'
import { minutesOf, traffic } from '../comparison-traffic.ts'

const stepped = { version: '3', weight: { version: '4', percent: 10 } }
const full = { version: '4' }
const open = { outcome: 'inconclusive', reason: 'undecided: the candidate had no traffic' } as const

test('an undecided comparison holds by default', () => {
  expect(comparisonGateVerdict(open, { inconclusive: 'hold' }, stepped)).toEqual(open)
})

test('where it may pass undecided, it says that it is', () => {
  expect(comparisonGateVerdict(open, { inconclusive: 'pass' }, stepped)).toEqual({
    outcome: 'pass',
    reason: 'not known to be worse, undecided: the candidate had no traffic',
  })
})

test('at 100% there is nothing to wait for', () => {
  expect(comparisonGateVerdict(open, { inconclusive: 'hold' }, full)).toEqual({
    outcome: 'pass',
    reason: 'version 4 has all traffic, so there is nothing left to compare',
  })
})

test.each([stepped, full])('what failed fails in any case', (alias) => {
  const fail = { outcome: 'fail', reason: 'worse' } as const
  expect(comparisonGateVerdict(fail, { inconclusive: 'pass' }, alias)).toEqual(fail)
})

test('the check tells what there is to compare with', () => {
  const minutes = minutesOf(3, traffic(0, 0), traffic(500, 1))
  expect(trafficCheck(minutes, 15, { alias: 'live', stable: '3' })).toEqual({
    title: 'comparison',
    outcome: 'pass',
    detail: '1,500 invocations of version 3 through live in 15 minutes to compare with',
  })
})

test('no traffic through the alias warns, since the comparison would not end', () => {
  expect(trafficCheck([], 15, { alias: 'live', stable: '3' })).toEqual({
    title: 'comparison',
    outcome: 'warn',
    detail:
      "version 3 had no traffic through live in 15 minutes, and the comparison can't decide without traffic",
  })
})

describe('a first step that ends before anything can have passed', () => {
  const planned = { settings: defaultComparison, inconclusive: 'hold', since: 0, settleMs: 130_000 } as const

  test('is warned of', () => {
    expect(stepCheck(planned, 60_000)).toEqual([
      {
        title: 'comparison',
        outcome: 'warn',
        detail:
          "the comparison can't pass within 8 minutes, since it needs 5 minutes: the first step ends before that, even extended, and the release pauses",
      },
    ])
  })

  test('is one of less than half of the time that it takes, since it is extended once', () => {
    expect(stepCheck(planned, 214_999)).toHaveLength(1)
    expect(stepCheck(planned, 215_000)).toEqual([])
  })

  test('moves on where undecided may pass', () => {
    expect(stepCheck({ ...planned, inconclusive: 'pass' }, 1000)).toEqual([])
  })
})
