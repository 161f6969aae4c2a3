import { describe, expect, test } from 'vitest'
import { medianInterval } from '../../src/gates/comparison/statistics/median-interval.ts'
import { shareOfStart, strongestOnset } from '../../src/gates/comparison/statistics/onset.ts'
import { rateDifference, rateRatio, type Stratum } from '../../src/gates/comparison/statistics/strata.ts'
import {
  againstAtLeast,
  againstAtMost,
  againstExcess,
  logMixture,
} from '../../src/gates/comparison/statistics/test-martingale.ts'

function stratum(
  candidateEvents: number,
  candidateTrials: number,
  stableEvents: number,
  stableTrials: number,
): Stratum {
  return {
    candidate: { events: candidateEvents, trials: candidateTrials },
    stable: { events: stableEvents, trials: stableTrials },
  }
}

/** Probabilities of 0 to `trials` successes. */
function binomialProbabilities(trials: number, probability: number): number[] {
  let row = [1]
  for (let trial = 0; trial < trials; trial += 1) {
    row = [...row, 0].map((stay, index) => stay * (1 - probability) + (row[index - 1] ?? 0) * probability)
  }
  return row
}

/** The expectation over independent binomial events of both versions: every outcome, exactly. */
function expectation(
  [candidateTrials, candidateRate]: [number, number],
  [stableTrials, stableRate]: [number, number],
  value: (seen: Stratum) => number,
): number {
  const stable = binomialProbabilities(stableTrials, stableRate)
  return binomialProbabilities(candidateTrials, candidateRate)
    .flatMap((probability, events) =>
      stable.map((other, stableEvents) => {
        return probability * other * value(stratum(events, candidateTrials, stableEvents, stableTrials))
      }),
    )
    .reduce((all, part) => all + part, 0)
}

/** A minute's evidence as a factor, not a logarithm. */
const worse = (ratio: number) => (seen: Stratum) => Math.exp(logMixture(againstAtMost([seen], ratio)))
const better = (ratio: number) => (seen: Stratum) => Math.exp(logMixture(againstAtLeast([seen], ratio)))
const close = (difference: number) => (seen: Stratum) =>
  Math.exp(logMixture(againstExcess([seen], difference)))

describe('evidence grows by a factor of 1 at most, on average, where there is nothing to find', () => {
  const rates = [0.001, 0.01, 0.05, 0.3, 0.5]

  test.each(rates)('equal versions with a rate of %d are no worse', (rate) => {
    for (const [candidate, stable] of [
      [5, 40],
      [20, 20],
      [40, 5],
    ] as const)
      expect(expectation([candidate, rate], [stable, rate], worse(1))).toBeLessThanOrEqual(1 + 1e-9)
  })

  test.each(rates)('twice a rate of %d is not below twice', (rate) => {
    for (const [candidate, stable] of [
      [5, 40],
      [20, 20],
      [40, 5],
    ] as const)
      expect(expectation([candidate, 2 * rate], [stable, rate], better(2))).toBeLessThanOrEqual(1 + 1e-9)
  })

  test.each(rates)('a rate of %d and a difference is not below the difference', (rate) => {
    for (const [candidate, stable] of [
      [5, 40],
      [20, 20],
      [40, 5],
    ] as const)
      expect(expectation([candidate, rate + 0.1], [stable, rate], close(0.1))).toBeLessThanOrEqual(1 + 1e-9)
  })

  test('failures that come together, dealt out by chance, are no evidence', () => {
    // 12 of 30 requests fail in a body; which 10 of the 30 met the candidate is hypergeometric.
    const choose = (from: number, count: number): number =>
      count === 0 ? 1 : (choose(from - 1, count - 1) * from) / count
    const average = Array.from({ length: 11 }, (_, events) => {
      const probability = (choose(12, events) * choose(18, 10 - events)) / choose(30, 10)
      return probability * worse(1)(stratum(events, 10, 12 - events, 20))
    }).reduce((all, part) => all + part, 0)
    expect(average).toBeLessThanOrEqual(1)
    expect(average).toBeGreaterThan(0.5)
  })

  test('and by more than 1 where there is', () => {
    expect(expectation([20, 0.3], [20, 0.05], worse(1))).toBeGreaterThan(1.5)
    expect(expectation([40, 0.05], [40, 0.05], better(3))).toBeGreaterThan(1.2)
    expect(expectation([40, 0.01], [40, 0.01], close(0.1))).toBeGreaterThan(2)
  })
})

describe('estimates', () => {
  test('one stratum has the plain ratio and difference', () => {
    expect(rateRatio([stratum(6, 100, 9, 300)])).toBeCloseTo(2)
    expect(rateDifference([stratum(6, 100, 9, 300)])).toBeCloseTo(0.03)
  })

  test('strata with equal rates within each have the ratio 1, whatever the pooled rates say', () => {
    // Simpson's paradox: pooled, the candidate has 110 of 1,100 and stable 20 of 1,100.
    const seen = [stratum(1, 100, 10, 1000), stratum(100, 1000, 10, 100)]
    expect(rateRatio(seen)).toBeCloseTo(1)
    expect(rateDifference(seen)).toBeCloseTo(0)
  })

  test('only the candidate with events is infinitely worse, nobody with any is not comparable', () => {
    expect(rateRatio([stratum(1, 100, 0, 100)])).toBe(Number.POSITIVE_INFINITY)
    expect(rateRatio([stratum(0, 100, 0, 100)])).toBeNaN()
  })
})

test('the shares of all starts make one', () => {
  const shares = Array.from({ length: 100_000 }, (_, from) => shareOfStart(from))
  const total = shares.reduce((all, part) => all + part, 0)
  expect(total).toBeLessThan(1)
  expect(total).toBeCloseTo(1, 4)
})

test('the strongest onset is where the candidate turned bad', () => {
  const good = Array.from({ length: 30 }, () => stratum(1, 100, 9, 900))
  const bad = Array.from({ length: 10 }, () => stratum(6, 100, 9, 900))
  expect(strongestOnset([...good, ...bad], () => true)?.from).toBe(30)
  expect(strongestOnset([...good, ...bad], (from) => from < 5)?.from).toBeLessThan(5)
  expect(strongestOnset([...good, ...bad], () => false)).toBeUndefined()
  expect(strongestOnset([], () => true)).toBeUndefined()
})

test('the interval of a median needs some values, and then lies between its order statistics', () => {
  expect(medianInterval([1, 2, 3], 0.05, 0.05)).toEqual({ low: 0, high: undefined })
  const values = Array.from({ length: 100 }, (_, index) => index + 1)
  const { low, high } = medianInterval(values, 0.025, 0.025)
  // Looked at once, the interval is 40 to 61; looked at again and again, it is wider.
  expect(low).toBeGreaterThan(30)
  expect(low).toBeLessThan(40)
  expect(high).toBe(101 - low)
})
