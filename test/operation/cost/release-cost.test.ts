import { expect, test } from 'vitest'
import { type MinuteSum, meanWithInterval, ratioWithInterval } from '../../../src/operation/cost/jackknife.ts'
import { pricesIn } from '../../../src/operation/cost/prices.ts'
import { compareCost, type PricedVersion } from '../../../src/operation/cost/release-cost.ts'

const prices = pricesIn('us-east-1')

/** Minutes with so many invocations of so long, each a little different. */
function minutesOf(amount: number, count: number, ms: number): MinuteSum[] {
  return Array.from({ length: amount }, (_, index) => ({
    time: index * 60_000,
    count,
    sum: count * (ms + (index % 2 === 0 ? 1 : -1)),
  }))
}

function version(name: string, minutes: MinuteSum[], memoryMb = 512): PricedVersion {
  return { version: name, memoryMb, architecture: 'x86_64', minutes }
}

test('a million invocations of 199.5 ms at 512 MB cost $0.20 and $1.67', () => {
  const { candidate } = compareCost(version('2', minutesOf(20, 50, 199.5)), version('1', []), prices)
  expect(candidate).toMatchObject({ invocations: 1000, minutes: 20, meanMs: 199.5 })
  expect(candidate.dollarsPerMillion?.value).toBeCloseTo(0.2 + 0.1 * 16.6667, 4)
  const { low = 0, high = 0 } = candidate.dollarsPerMillion?.interval ?? {}
  expect(low).toBeLessThan(1.86667)
  expect(high).toBeGreaterThan(1.86667)
  expect(high - low).toBeLessThan(0.02)
})

test('the ratio is of the minutes in which both had invocations', () => {
  const stable = minutesOf(30, 100, 99.5)
  const found = compareCost(version('2', minutesOf(20, 10, 99.5), 1024), version('1', stable), prices)
  expect(found.ratio?.minutes).toBe(20)
  expect(found.ratio?.value).toBeCloseTo((0.2 + 1.66667) / (0.2 + 0.833335), 3)
})

test('missing figures are absent, and few minutes have no interval', () => {
  const none = compareCost(version('2', []), version('1', minutesOf(9, 5, 100)), prices)
  expect(none).not.toHaveProperty('ratio')
  expect(none.candidate).not.toHaveProperty('dollarsPerMillion')
  expect(none.candidate).not.toHaveProperty('meanMs')
  expect(none.stable.dollarsPerMillion).toEqual({ value: expect.any(Number) as number })
})

test('the intervals have the true mean and the true ratio in about 95% of cases, also for skewed durations', () => {
  const random = randomFrom(42)
  let [means, ratios] = [0, 0]
  const trials = 400
  for (let trial = 0; trial < trials; trial += 1) {
    const pairs = Array.from({ length: 30 }, (_, index) => ({
      candidate: skewed(index, 5 + Math.floor(random() * 30), random),
      stable: skewed(index, 50 + Math.floor(random() * 200), random),
    }))
    means += Number(covers(meanWithInterval(pairs.map(({ candidate }) => candidate)), trueMean))
    ratios += Number(covers(ratioWithInterval(pairs), 1))
  }
  expect(means / trials).toBeGreaterThan(0.9)
  expect(ratios / trials).toBeGreaterThan(0.9)
  expect(Math.max(means, ratios) / trials).toBeLessThan(0.99)
})

/** The mean of `skewed`: exp(μ + σ² / 2). */
const trueMean = Math.exp(5 + 0.5)

/** Durations with the logarithm of a normal distribution around 5 with a deviation of 1. */
function skewed(index: number, count: number, random: () => number): MinuteSum {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  let sum = 0
  for (let request = 0; request < count; request += 1) sum += Math.exp(5 + normal())
  return { time: index, count, sum }
}

function covers(found: ReturnType<typeof meanWithInterval>, truth: number): boolean {
  const { low = Number.NaN, high = Number.NaN } = found?.interval ?? {}
  return low <= truth && truth <= high
}

/** The generator mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
