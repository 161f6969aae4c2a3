import { type MinuteSum, meanWithInterval, ratioWithInterval, type WithInterval } from './jackknife.ts'
import type { Architecture, Prices } from './price.ts'

/** A version's minutes and the settings that its price depends on. */
export interface PricedVersion {
  version: string
  memoryMb: number
  architecture: Architecture
  /** Minutes with invocations, by CloudWatch; `sum` is of durations in milliseconds. */
  minutes: readonly MinuteSum[]
}

/** The price of a version's requests. */
export interface VersionCost {
  version: string
  memoryMb: number
  architecture: Architecture
  /** How many. */
  invocations: number
  /** How many. */
  minutes: number
  /** The mean duration of a request, milliseconds; absent without invocations. */
  meanMs?: number
  /** US dollars for a million invocations with their duration, without inits and free tier; absent without invocations. */
  dollarsPerMillion?: WithInterval
}

/** The price of a release's candidate beside that of stable. */
export interface ReleaseCost {
  candidate: VersionCost
  stable: VersionCost
  /** The candidate's price by stable's, over the minutes in which both had invocations; absent without such minutes. */
  ratio?: WithInterval & { minutes: number }
}

/** Each request is billed to the next millisecond: half of one on average. */
const roundingMs = 0.5

/** Compares what a million invocations of two versions cost. */
export function compareCost(candidate: PricedVersion, stable: PricedVersion, prices: Prices): ReleaseCost {
  const [one, other] = [priceOf(candidate, prices), priceOf(stable, prices)]
  const stableAt = new Map(stable.minutes.map((minute) => [minute.time, minute]))
  const pairs = candidate.minutes.flatMap((minute) => {
    const beside = stableAt.get(minute.time)
    return beside ? [{ candidate: costIn(minute, one), stable: costIn(beside, other) }] : []
  })
  const ratio = ratioWithInterval(pairs)
  return {
    candidate: versionCost(candidate, one),
    stable: versionCost(stable, other),
    ...(ratio && { ratio: { ...ratio, minutes: pairs.length } }),
  }
}

/** The prices of one invocation, and of a millisecond of it; US dollars. */
interface Price {
  request: number
  ms: number
}

function priceOf({ memoryMb, architecture }: PricedVersion, { request, duration }: Prices): Price {
  return { request, ms: ((memoryMb / 1024) * duration[architecture]) / 1000 }
}

/** The minute with the sum of its prices in place of that of its durations. */
function costIn({ time, count, sum }: MinuteSum, { request, ms }: Price): MinuteSum {
  return { time, count, sum: count * request + (sum + count * roundingMs) * ms }
}

function versionCost({ minutes, ...version }: PricedVersion, price: Price): VersionCost {
  const invocations = minutes.reduce((total, { count }) => total + count, 0)
  const durations = minutes.reduce((total, { sum }) => total + sum, 0)
  const cost = meanWithInterval(minutes.map((minute) => costIn(minute, price)))
  return {
    ...version,
    invocations,
    minutes: minutes.length,
    ...(invocations > 0 && { meanMs: durations / invocations }),
    ...(cost && { dollarsPerMillion: inMillions(cost) }),
  }
}

function inMillions({ value, interval }: WithInterval): WithInterval {
  return {
    value: value * 1e6,
    ...(interval && { interval: { low: interval.low * 1e6, high: interval.high * 1e6 } }),
  }
}
