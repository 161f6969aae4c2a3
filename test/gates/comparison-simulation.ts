import { durationComparison } from '../../src/gates/comparison/duration.ts'
import { type Comparison, judge } from '../../src/gates/comparison/judge.ts'
import { minuteMs } from '../../src/gates/comparison/minutes.ts'
import { errorCount, rateComparison, throttleCount } from '../../src/gates/comparison/rate.ts'
import { levelsOf } from '../../src/gates/comparison/settings.ts'
import type { ComparisonSettings, Minute, Traffic } from '../../src/release/plan/comparison.ts'

/** Uniform numbers from 0 to 1: mulberry32, 32 bits of state. */
export type Random = () => number

export function mulberry32(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A standard normal variate (Box and Muller). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** Successes of `trials`: by the waiting times between them, or by the normal approximation from 200 expected ones on. */
export function binomial(random: Random, trials: number, probability: number): number {
  if (probability <= 0) return 0
  if (probability > 0.5) return trials - binomial(random, trials, 1 - probability)
  const mean = trials * probability
  if (mean > 200) {
    const rounded = Math.round(mean + Math.sqrt(mean * (1 - probability)) * normal(random))
    return Math.min(trials, Math.max(0, rounded))
  }
  let [successes, position] = [0, 0]
  for (;;) {
    position += Math.floor(Math.log(1 - random()) / Math.log1p(-probability)) + 1
    if (position > trials) return successes
    successes += 1
  }
}

/** A minute of a simulated release. */
interface Conditions {
  /** Invocations of the alias. */
  traffic: number
  /** The candidate's share, 0 to 1. */
  weight: number
  /** Error rates, 0 to 1. */
  candidateRate: number
  stableRate: number
}

export type Scenario = (minute: number, random: Random) => Conditions

/** The same conditions each minute. */
export function steady(
  traffic: number,
  weight: number,
  stableRate: number,
  candidateRate = stableRate,
): Scenario {
  return () => ({ traffic, weight, stableRate, candidateRate })
}

/** The minutes of a scenario. */
export function counts(scenario: Scenario): (index: number, random: Random) => Minute {
  return (index, random) => minuteOf(index, scenario(index, random), random)
}

/** One minute's counts: Lambda deals out each invocation by chance. */
function minuteOf(
  index: number,
  { traffic, weight, candidateRate, stableRate }: Conditions,
  random: Random,
): Minute {
  const invocations = binomial(random, traffic, weight)
  return {
    time: index * minuteMs,
    candidate: trafficOf(invocations, candidateRate, random),
    stable: trafficOf(traffic - invocations, stableRate, random),
  }
}

function trafficOf(invocations: number, rate: number, random: Random): Traffic {
  return { invocations, errors: binomial(random, invocations, rate), throttles: 0 }
}

/** Percentiles of log-normal durations around `medianMs`, by nearest rank as drawn for so many invocations. */
export function durations(random: Random, invocations: number, medianMs: number, sigma: number) {
  const drawn = Float64Array.from(
    { length: invocations },
    () => medianMs * Math.exp(sigma * normal(random)),
  ).toSorted()
  const rank = (part: number) => drawn[Math.max(0, Math.ceil(invocations * part) - 1)] ?? Number.NaN
  return { p50: rank(0.5), p90: rank(0.9), p99: rank(0.99) }
}

/** When the looks after every minute first said so, from minute 1 on; undefined where they never did. */
export interface Decision {
  passed: number | undefined
  failed: number | undefined
}

/** How a release looks at some metrics of the minutes so far. */
export type Look = (minutes: readonly Minute[], settings: ComparisonSettings) => Comparison[]

export const errors: Look = (minutes, settings) => [rateComparison(minutes, errorCount, settings)]
export const p50: Look = (minutes, settings) => [durationComparison(minutes, 'p50', settings)]
export const p90: Look = (minutes, settings) => [durationComparison(minutes, 'p90', settings)]
export const p99: Look = (minutes, settings) => [durationComparison(minutes, 'p99', settings)]

/** Errors, throttles and two percentiles: what is compared unless asked otherwise. */
export const everything: Look = (minutes, settings) => [
  rateComparison(minutes, errorCount, settings),
  rateComparison(minutes, throttleCount, settings),
  ...p50(minutes, settings),
  ...p90(minutes, settings),
]

/** Looks after every minute until the candidate fails or `length` minutes have gone by, past any pass. */
function watch(
  next: (index: number) => Minute,
  look: Look,
  length: number,
  settings: ComparisonSettings,
): Decision {
  const levels = levelsOf(settings)
  const minutes: Minute[] = []
  let [invocations, passed] = [0, undefined as number | undefined]
  for (let index = 0; index < length; index += 1) {
    const minute = next(index)
    minutes.push(minute)
    invocations += minute.candidate.invocations
    const enough = invocations >= settings.minimumInvocations && minutes.length >= settings.minimumMinutes
    const outcomes = look(minutes, settings).map((comparison) => judge(comparison, levels, enough).outcome)
    if (outcomes.includes('fail')) return { passed, failed: index + 1 }
    if (outcomes.every((outcome) => outcome === 'pass')) passed ??= index + 1
  }
  return { passed, failed: undefined }
}

/** Many releases of the same kind, one after the other from one seed. */
export function decisions(
  runs: number,
  seed: number,
  minute: (index: number, random: Random) => Minute,
  { look = errors, length = 60, settings }: { look?: Look; length?: number; settings: ComparisonSettings },
): Decision[] {
  const random = mulberry32(seed)
  return Array.from({ length: runs }, () => watch((index) => minute(index, random), look, length, settings))
}

/** The share of decisions that `holds` for, 0 to 1. */
export function share(all: readonly Decision[], holds: (decision: Decision) => boolean): number {
  return all.filter(holds).length / all.length
}
