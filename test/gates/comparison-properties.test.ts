import { describe, expect, test } from 'vitest'
import { compare } from '../../src/gates/comparison/compare.ts'
import { defaultComparison } from '../../src/gates/comparison/settings.ts'
import { lowerEnd, upperEnd } from '../../src/gates/comparison/statistics/confidence-sequence.ts'
import { rateDifference, rateRatio, type Stratum } from '../../src/gates/comparison/statistics/strata.ts'
import type { Minute } from '../../src/release/plan/comparison.ts'
import { counts, mulberry32, type Random } from './comparison-simulation.ts'
import { errorsOnly } from './comparison-traffic.ts'

const seeds = Array.from({ length: 100 }, (_, index) => index + 1)

/** A release of some minutes with rates and weights of its own. */
function release(random: Random): Minute[] {
  const stableRate = random() * 0.05
  const candidateRate = Math.min(1, stableRate * (1 + 4 * random()))
  const weight = 0.05 + 0.5 * random()
  const minute = counts(() => ({ traffic: 300, weight, candidateRate, stableRate }))
  return Array.from({ length: 3 + Math.floor(random() * 40) }, (_, index) => minute(index, random))
}

function strata(minutes: readonly Minute[]): Stratum[] {
  return minutes.map(({ candidate, stable }) => ({
    candidate: { events: candidate.errors, trials: candidate.invocations },
    stable: { events: stable.errors, trials: stable.invocations },
  }))
}

function swapped(minutes: readonly Minute[]): Minute[] {
  return minutes.map(({ time, candidate, stable }) => ({ time, candidate: stable, stable: candidate }))
}

function addErrors(minutes: readonly Minute[], random: Random): Minute[] {
  return minutes.map((minute) => {
    const { invocations, errors } = minute.candidate
    const more = Math.floor(random() * 3)
    return { ...minute, candidate: { ...minute.candidate, errors: Math.min(invocations, errors + more) } }
  })
}

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  return items
    .map((item) => ({ item, key: random() }))
    .toSorted((one, other) => one.key - other.key)
    .map(({ item }) => item)
}

const ranks = { fail: 0, inconclusive: 1, pass: 2 }

/** The seeds of those of a hundred releases for which it does not hold. */
function counterexamples(holds: (minutes: Minute[], random: Random) => boolean): number[] {
  return seeds.filter((seed) => {
    const random = mulberry32(seed)
    return !holds(release(random), random)
  })
}

function outcomeOf(minutes: readonly Minute[]): keyof typeof ranks {
  return compare(minutes, errorsOnly).outcome
}

function areClose(one: number, other: number): boolean {
  return one === other || Math.abs(one - other) < 1e-6 * Math.max(1, Math.abs(one))
}

describe('for any release', () => {
  test('every outcome occurs', () => {
    const outcomes = seeds.map((seed) => outcomeOf(release(mulberry32(seed))))
    expect(new Set(outcomes)).toEqual(new Set(['pass', 'fail', 'inconclusive']))
  })

  test('more errors of the candidate never make the outcome better', () => {
    const worsens = (minutes: Minute[], random: Random) => {
      const worse = addErrors(minutes, random)
      return ranks[outcomeOf(worse)] <= ranks[outcomeOf(minutes)]
    }
    expect(counterexamples(worsens)).toEqual([])
  })

  test('the order in which minutes are given does not matter', () => {
    const isSame = (minutes: Minute[], random: Random) =>
      JSON.stringify(compare(shuffled(minutes, random))) === JSON.stringify(compare(minutes))
    expect(counterexamples(isSame)).toEqual([])
  })

  test('the labels swapped, ratio and interval are reciprocal', () => {
    const isMirrored = (minutes: Minute[]) => {
      const [seen, mirrored] = [strata(minutes), strata(swapped(minutes))]
      return (
        areClose(rateRatio(mirrored), 1 / rateRatio(seen)) &&
        areClose(rateDifference(mirrored), -rateDifference(seen)) &&
        areClose(lowerEnd(mirrored, 0.05), 1 / upperEnd(seen, 0.05))
      )
    }
    expect(counterexamples(isMirrored)).toEqual([])
  })

  test('a version and its rival never both fail', () => {
    const notBoth = (minutes: Minute[]) =>
      outcomeOf(minutes) !== 'fail' || outcomeOf(swapped(minutes)) !== 'fail'
    expect(counterexamples(notBoth)).toEqual([])
  })

  test('the interval holds the ratio that was seen, and ten times the data narrow it', () => {
    const narrows = (minutes: Minute[]) => {
      const once = strata(minutes)
      const tenfold = Array.from({ length: 10 }, () => once).flat()
      const [low, lower] = [lowerEnd(tenfold, 0.05), lowerEnd(once, 0.05)]
      const [high, higher] = [upperEnd(tenfold, 0.05), upperEnd(once, 0.05)]
      const ratio = rateRatio(once)
      return lower <= low && high <= higher && (Number.isNaN(ratio) || (low <= ratio && ratio <= high))
    }
    expect(counterexamples(narrows)).toEqual([])
  })

  test('the interval of what failed is above 1, of what passed by its ratio below what matters', () => {
    const isCoherent = (minutes: Minute[]) => {
      const [metric] = compare(minutes, { ...errorsOnly, errorRateFloor: 0 }).metrics
      if (metric?.outcome === 'fail') return metric.interval.low > 1
      return metric?.outcome !== 'pass' || (metric.interval.high ?? Number.POSITIVE_INFINITY) < 2
    }
    expect(counterexamples(isCoherent)).toEqual([])
  })

  test('beside other metrics the error rate never fails sooner', () => {
    const isNoSooner = (minutes: Minute[]) => {
      const amongFour = compare(minutes, defaultComparison).metrics[0]?.outcome ?? 'fail'
      return ranks[amongFour] >= ranks[outcomeOf(minutes)]
    }
    expect(counterexamples(isNoSooner)).toEqual([])
  })

  test('a forecast comes true if all goes on as it did', () => {
    const comesTrue = (minutes: Minute[]) => {
      const more = compare(minutes, errorsOnly).metrics[0]?.moreInvocations
      if (more === undefined) return true
      const invocations = minutes.reduce((all, { candidate }) => all + candidate.invocations, 0)
      return outcomeOf(repeated(minutes, Math.ceil(1 + more / invocations))) !== 'inconclusive'
    }
    expect(counterexamples(comesTrue)).toEqual([])
  })
})

function repeated(minutes: readonly Minute[], rounds: number): Minute[] {
  return Array.from({ length: rounds }, (_, round) =>
    minutes.map((minute) => ({ ...minute, time: minute.time + round * minutes.length * 60_000 })),
  ).flat()
}
