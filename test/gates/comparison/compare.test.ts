import { describe, expect, test } from 'vitest'
import { compare } from '../../../src/gates/comparison/compare.ts'
import { defaultComparison } from '../../../src/gates/comparison/settings.ts'
import type { Minute } from '../../../src/release/plan/comparison.ts'
import { errorsOnly, minutesOf, traffic } from '../comparison-traffic.ts'

const healthy = minutesOf(60, traffic(1000, 10), traffic(9000, 90))

describe('the verdict', () => {
  test('passes a candidate that is as good as stable, after enough traffic', () => {
    expect(compare(healthy)).toMatchObject({
      outcome: 'pass',
      reason:
        'not worse than stable by a margin that matters, after 60 minutes and 60,000 invocations of the candidate: ' +
        'error-rate 1% against 1%, throttle-rate 0% against 0%, duration-p50 100 ms against 100 ms, duration-p90 200 ms against 200 ms',
    })
  })

  test('fails a candidate with five times the errors, and says so with the figures', () => {
    const { outcome, reason } = compare(minutesOf(12, traffic(100, 5), traffic(900, 9)))
    expect(outcome).toBe('fail')
    expect(reason).toBe(
      'worse than stable: error-rate 5% against 1% of stable over 12 minutes, 5 times as high (from 2.7 to 8.4 times)',
    )
  })

  test('is inconclusive on little traffic, and says how much is lacking', () => {
    const { outcome, reason, metrics } = compare(minutesOf(12, traffic(100, 1), traffic(900, 9)), errorsOnly)
    expect(outcome).toBe('inconclusive')
    expect(reason).toMatch(
      /^undecided: error-rate 1% against 1% of stable over 12 minutes, 1 times as high \(from .* to .* times\); about [\d,]+ more invocations of the candidate would decide it, \d+ minutes at its present traffic$/,
    )
    expect(metrics[0]?.moreInvocations).toBeGreaterThan(0)
  })

  test('gives no range of a ratio while any may be', () => {
    const { reason } = compare(minutesOf(1, traffic(100, 0), traffic(900, 0)))
    expect(reason).toContain(
      'duration-p50 100 ms against 100 ms of stable over 1 minute, 1 times as high; about',
    )
  })

  test('fails if one metric fails while the others pass', () => {
    const slow = minutesOf(60, traffic(1000, 10, 150), traffic(9000, 90))
    const { outcome, metrics } = compare(slow)
    expect(outcome).toBe('fail')
    expect(metrics.map((metric) => [metric.metric, metric.outcome])).toEqual([
      ['error-rate', 'pass'],
      ['throttle-rate', 'pass'],
      ['duration-p50', 'fail'],
      ['duration-p90', 'fail'],
    ])
  })

  test('is inconclusive while one metric is, though the others pass', () => {
    const unmeasured = healthy.map(({ time, candidate, stable }) => ({
      time,
      candidate: { invocations: candidate.invocations, errors: candidate.errors, throttles: 0 },
      stable,
    }))
    const { outcome, reason } = compare(unmeasured)
    expect(outcome).toBe('inconclusive')
    expect(reason).toContain('duration-p50 has no minute to compare')
  })

  test('survives JSON: what nothing bounds is left out', () => {
    const verdict = compare(minutesOf(2, traffic(10, 8), traffic(90, 0)), errorsOnly)
    expect(JSON.stringify(verdict)).toMatch(/"stable":0,"interval":\{"low":[\d.]+\}/)
  })
})

describe('rates', () => {
  test('a candidate that fails every time is rolled back within its first minute', () => {
    expect(compare(minutesOf(1, traffic(5, 5), traffic(95, 0))).outcome).toBe('fail')
  })

  test('a single failure is no proof', () => {
    expect(compare(minutesOf(1, traffic(5, 1), traffic(95, 0))).outcome).toBe('inconclusive')
  })

  test('without errors of either, it passes once a rate at the floor would have shown', () => {
    const quiet = (minutes: number) =>
      compare(minutesOf(minutes, traffic(100, 0), traffic(900, 0)), errorsOnly)
    expect(quiet(30).outcome).toBe('inconclusive')
    expect(quiet(60).outcome).toBe('pass')
  })

  test('a difference below the floor passes, however many times as high', () => {
    const rare = minutesOf(60, traffic(5000, 2), traffic(5000, 0))
    expect(compare(rare, errorsOnly).outcome).toBe('pass')
    expect(compare(rare, { ...errorsOnly, errorRateFloor: 0.0001 }).outcome).toBe('fail')
  })

  test('a worse rate passes where it is surely below the ratio that matters', () => {
    const slightlyWorse = minutesOf(60, traffic(5000, 65), traffic(5000, 50))
    const [metric] = compare(slightlyWorse, errorsOnly).metrics
    expect(metric?.outcome).toBe('pass')
    expect(metric?.interval.low).toBeGreaterThan(1)
    expect(metric?.interval.high).toBeLessThan(2)
  })

  test('an outage that meets both versions fails nothing', () => {
    const outage = minutesOf(5, traffic(1000, 400), traffic(9000, 3600), 60)
    expect(compare([...healthy, ...outage]).outcome).toBe('pass')
  })

  test('an outage while the candidate had more weight is not held against it', () => {
    const outage = minutesOf(10, traffic(5000, 1000), traffic(5000, 1000), 60)
    const [metric] = compare([...healthy, ...outage], errorsOnly).metrics
    expect(metric?.candidate).toBeGreaterThan(3 * (metric?.stable ?? 1))
    expect(metric?.ratio).toBeCloseTo(1)
    expect(metric?.outcome).toBe('pass')
  })

  test('a candidate that turns bad late fails, with the figures since then', () => {
    const late = [...healthy, ...minutesOf(8, traffic(1000, 50), traffic(9000, 90), 60)]
    const [metric] = compare(late, errorsOnly).metrics
    expect(metric).toMatchObject({ outcome: 'fail', since: 60 * 60_000, minutes: 8, candidate: 0.05 })
  })

  test('throttles count against all requests, and a version that is throttled altogether fails', () => {
    const throttled = minutesOf(5, { ...traffic(0, 0), throttles: 20 }, traffic(180, 0))
    const { outcome, metrics } = compare(throttled)
    expect(outcome).toBe('fail')
    expect(metrics[1]).toMatchObject({ metric: 'throttle-rate', outcome: 'fail', candidate: 1, stable: 0 })
  })
})

describe('durations', () => {
  const p50Only = { ...defaultComparison, metrics: ['duration-p50' as const] }
  const timed = (count: number, candidateMs: number, stableMs: number, invocations = 100) =>
    compare(minutesOf(count, traffic(invocations, 0, candidateMs), traffic(900, 0, stableMs)), p50Only)

  test('seven minutes below what matters pass, ten above it fail', () => {
    expect(timed(6, 110, 100).outcome).toBe('inconclusive')
    expect(timed(7, 110, 100).outcome).toBe('pass')
    const amongFour = (count: number) =>
      compare(minutesOf(count, traffic(100, 0, 140), traffic(900, 0, 100))).outcome
    expect(amongFour(9)).toBe('inconclusive')
    expect(amongFour(10)).toBe('fail')
  })

  test('the ratio that matters does count, what is below does not', () => {
    expect(timed(30, 120, 100).outcome).toBe('fail')
    expect(timed(30, 119.9, 100).outcome).toBe('pass')
  })

  test('milliseconds below the floor never matter', () => {
    expect(timed(30, 6, 2).outcome).toBe('pass')
    expect(timed(30, 7, 2).outcome).toBe('fail')
  })

  test('a minute with too few invocations has no percentile to speak of', () => {
    const { outcome, reason } = timed(30, 300, 100, 19)
    expect(outcome).toBe('inconclusive')
    expect(reason).toContain('duration-p50 has no minute to compare')
  })

  test('the interval of the ratio comes from the minutes’ order', () => {
    const minutes = Array.from({ length: 41 }, (_, index) => ({
      time: index * 60_000,
      // Each of 100 to 140 ms once, in no order.
      candidate: traffic(100, 0, 100 + ((index * 17) % 41)),
      stable: traffic(900, 0, 100),
    }))
    const [metric] = compare(minutes, p50Only).metrics
    expect(metric?.ratio).toBeCloseTo(1.2)
    expect(metric?.interval.low).toBeGreaterThan(1.03)
    expect(metric?.interval.low).toBeLessThan(1.2)
    expect(metric?.interval.high).toBeGreaterThan(1.2)
    expect(metric?.interval.high).toBeLessThan(1.37)
  })
})

describe('data that lacks something never passes', () => {
  test.each<[string, Minute[], string]>([
    ['no minute', [], 'undecided: no minute has figures of both versions'],
    [
      'a candidate without traffic',
      minutesOf(60, traffic(0, 0), traffic(9000, 90)),
      'the candidate had no traffic',
    ],
    [
      'a stable version without traffic',
      minutesOf(60, traffic(9000, 90), traffic(0, 0)),
      'stable had no traffic',
    ],
    ['fewer minutes than the minimum', healthy.slice(0, 2), 'decide it, 3 minutes at its present traffic'],
    ['fewer invocations than the minimum', minutesOf(60, traffic(1, 0), traffic(9, 0)), 'more invocations'],
  ])('%s is inconclusive', (_, minutes, lacking) => {
    const { outcome, reason } = compare(minutes, errorsOnly)
    expect(outcome).toBe('inconclusive')
    expect(reason).toContain(lacking)
  })

  test.each<[string, Partial<Minute['candidate']>]>([
    ['more errors than invocations', { errors: 1001 }],
    ['a count that is not a number', { invocations: Number.NaN }],
    ['a negative count', { errors: -1 }],
    ['an infinite count', { throttles: Number.POSITIVE_INFINITY }],
  ])('a minute with %s counts as missing', (_, broken) => {
    const minutes = healthy.map((minute) => ({ ...minute, candidate: { ...minute.candidate, ...broken } }))
    expect(compare(minutes)).toMatchObject({ outcome: 'inconclusive' })
    const [first] = minutes
    expect(first && compare([first, ...healthy.slice(1)], errorsOnly).metrics[0]?.minutes).toBe(59)
  })

  test('a later reading of a minute replaces the earlier one', () => {
    const early = minutesOf(60, traffic(1000, 900), traffic(9000, 90))
    const shifted = healthy.map((minute) => ({ ...minute, time: minute.time + 59_999 }))
    expect(compare([...early, ...shifted])).toEqual(compare(shifted))
    expect(compare([...shifted, ...early]).outcome).toBe('fail')
  })
})

test('how long it takes is told by the traffic of the last ten minutes', () => {
  const rising = [
    ...minutesOf(30, traffic(10, 0), traffic(990, 0)),
    ...minutesOf(10, traffic(100, 0), traffic(900, 0), 30),
  ]
  const [metric] = compare(rising, errorsOnly).metrics
  expect(metric?.remainingMs).toBe(Math.ceil((metric?.moreInvocations ?? 0) / (100 / 60_000)))
})

test('without any metric to compare nothing passes', () => {
  expect(compare(healthy, { ...defaultComparison, metrics: [] })).toMatchObject({
    outcome: 'inconclusive',
    reason: 'undecided: no metric is compared',
  })
})
