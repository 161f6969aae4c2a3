import type { Minute } from '../../src/release/plan/comparison.ts'
import { binomial, counts, durations, normal, type Random, type Scenario } from './comparison-simulation.ts'

/** 0.5% errors, more or fewer from minute to minute, and one minute in ten an outage of 20% for both. */
export function burst(traffic: number, weight: number): Scenario {
  return (_, random) => {
    const rate = random() < 0.1 ? 0.2 : Math.min(0.1, 0.005 * Math.exp(normal(random)))
    return { traffic, weight, candidateRate: rate, stableRate: rate }
  }
}

/** Bursts, while the weight goes 1%, 10%, 50%, twenty minutes each. */
export function risingWeight(traffic: number): Scenario {
  return (minute, random) => burst(traffic, minute < 20 ? 0.01 : minute < 40 ? 0.1 : 0.5)(minute, random)
}

/** 1% errors of both for an hour, then so many times as many of the candidate. */
export function lateChange(traffic: number, weight: number, times: number): Scenario {
  return (minute) => ({ traffic, weight, stableRate: 0.01, candidateRate: minute < 60 ? 0.01 : 0.01 * times })
}

/** Both versions' durations, log-normal around 100 ms, in minutes that are slower or faster for both. */
export function durationMinutes(
  candidate: number,
  stable: number,
  sigma: number,
  slower: number | ((index: number) => number),
): (index: number, random: Random) => Minute {
  return (index, random) => {
    const medianMs = 100 * Math.exp(0.3 * normal(random))
    const times = typeof slower === 'number' ? slower : slower(index)
    const side = (invocations: number, ms: number) => ({
      invocations,
      errors: 0,
      throttles: 0,
      durationMs: durations(random, invocations, ms, sigma),
    })
    return {
      time: index * 60_000,
      candidate: side(candidate, medianMs * times),
      stable: side(stable, medianMs),
    }
  }
}

/** A candidate that grows slower, to twice stable's time after an hour. */
export const leak = durationMinutes(50, 450, 0.5, (index) => 1 + index / 60)

/** An equal candidate with everything that CloudWatch tells: bursts of errors and throttles, slow minutes. */
export function fullMinutes(index: number, random: Random): Minute {
  const minute = counts(burst(600, 0.2))(index, random)
  const { candidate, stable } = minute
  const timed = durationMinutes(candidate.invocations, stable.invocations, 0.7, 1)(index, random)
  const throttled = random() < 0.2 ? 0.1 : 0
  return {
    time: minute.time,
    candidate: {
      ...timed.candidate,
      errors: candidate.errors,
      throttles: binomial(random, candidate.invocations, throttled),
    },
    stable: {
      ...timed.stable,
      errors: stable.errors,
      throttles: binomial(random, stable.invocations, throttled),
    },
  }
}
