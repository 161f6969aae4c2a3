import { expect, test } from 'vitest'
import { invocationsVerdict } from '../../../src/gates/comparison/invocations-gate.ts'
import type { Minute } from '../../../src/release/plan/comparison.ts'
import { traffic } from '../comparison-traffic.ts'

const minutes = (...counts: number[]): Minute[] =>
  counts.map((invocations, index) => ({
    time: index * 60_000,
    candidate: traffic(invocations, 0),
    stable: traffic(1000, 0),
  }))

const step = { needed: 100, candidate: '4', since: 0 }

test('a step has had enough with the invocations that it needs, all of the candidate', () => {
  expect(invocationsVerdict(minutes(60, 40), step, 120_000)).toEqual({
    outcome: 'pass',
    reason: '100 of 100 invocations that the step needs on version 4',
  })
})

test('with fewer it is undecided, and says how long that takes at the rate so far', () => {
  expect(invocationsVerdict(minutes(15, 10), step, 120_000)).toEqual({
    outcome: 'inconclusive',
    reason: '25 of 100 invocations that the step needs on version 4, at this rate in 6 minutes',
  })
})

test('no traffic is no success, and nothing to estimate by', () => {
  expect(invocationsVerdict([], step, 120_000)).toEqual({
    outcome: 'inconclusive',
    reason: '0 of 100 invocations that the step needs on version 4, none so far',
  })
})
