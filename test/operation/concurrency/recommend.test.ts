import { describe, expect, test } from 'vitest'
import { concurrencyOf, type Observed, recommend } from '../../../src/operation/concurrency/recommend.ts'
import { pricesIn } from '../../../src/operation/cost/prices.ts'

const minute = 60_000
const hour = 60 * minute
const priced = { memoryMb: 512, architecture: 'x86_64', prices: pricesIn('us-east-1') } as const

/** An hour with the same load in some of its minutes, and none in the others. */
function hourWith(
  count: number,
  invocations: number,
  averageMs: number,
  peak: number | null = null,
): Observed {
  const periods = Array.from({ length: count }, () => ({ invocations, averageMs }))
  return { periods, periodMs: minute, spanMs: hour, peak }
}

test("Little's law: 600 invocations a minute of 2 s are 20 at a time", () => {
  expect(concurrencyOf({ invocations: 600, averageMs: 2000 }, minute)).toBe(20)
})

describe('a recommendation', () => {
  test('reserves the larger of the observed peak and that by the law, with the head-room', () => {
    expect(recommend(hourWith(60, 600, 2000, 35), 0.2, priced)).toMatchObject({
      peak: 35,
      littlesPeak: 20,
      reserve: 42,
    })
    expect(recommend(hourWith(60, 600, 2000, 10), 0.1, priced)).toMatchObject({ peak: 20, reserve: 22 })
  })

  test('counts the minutes without invocations as idle', () => {
    expect(recommend(hourWith(20, 600, 2000), 0.2, priced)).toMatchObject({ median: 0, p90: 20 })
    expect(recommend(hourWith(3, 600, 2000), 0.2, priced)).toMatchObject({ median: 0, p90: 0 })
  })

  test('is none without any invocation', () => {
    expect(recommend(hourWith(0, 0, 0), 0.2, priced)).toBeUndefined()
    expect(recommend(hourWith(60, 0, 0), 0.2, priced)).toBeUndefined()
  })

  test('prices each choice for a month', () => {
    const { choices = [] } = recommend(hourWith(60, 600, 2000, 20), 0, priced) ?? {}
    const seconds = 20 * 730 * 3600
    expect(choices.map(({ kind, amount, most, warmShare }) => ({ kind, amount, most, warmShare }))).toEqual([
      { kind: 'on-demand', amount: 0, most: undefined, warmShare: 0 },
      { kind: 'provisioned', amount: 20, most: undefined, warmShare: 1 },
      { kind: 'autoscaled', amount: 20, most: 20, warmShare: 1 },
    ])
    expect(choices[0]?.monthly).toBeCloseTo(seconds * 0.5 * 0.0000166667, 4)
    expect(choices[1]?.monthly).toBeCloseTo(seconds * 0.5 * (0.0000041667 + 0.0000097222), 4)
  })

  test('is the same without prices, which are null then', () => {
    const found = recommend(hourWith(60, 600, 2000, 20), 0.2, { ...priced, prices: undefined })
    expect(found).toMatchObject({ reserve: 24, choices: [{ monthly: null }, {}, {}, {}] })
  })

  test('keeps fewer environments by scaling than by a fixed number, for a load with a short peak', () => {
    const quiet = hourWith(55, 30, 2000)
    const periods = [...quiet.periods, ...hourWith(5, 600, 2000).periods]
    const { choices = [] } = recommend({ ...quiet, periods }, 0.2, priced) ?? {}
    const [least, most] = [choices.at(-1), choices.at(-2)]
    expect(least).toMatchObject({ kind: 'autoscaled', amount: 1, most: 24, warmShare: 1 })
    expect(least?.monthly ?? 0).toBeLessThan(most?.monthly ?? 0)
  })
})
