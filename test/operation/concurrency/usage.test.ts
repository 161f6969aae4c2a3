import { describe, expect, test } from 'vitest'
import { burstOf } from '../../../src/operation/concurrency/burst.ts'
import {
  figureOf,
  regionQuery,
  type UsageSeries,
  usageQueries,
} from '../../../src/operation/concurrency/usage.ts'

describe('a burst', () => {
  test.each([
    [1000, 0, 5000, 0],
    [1001, 0, 5000, 10],
    [3000, 0, 5000, 20_000],
    [3000, 500, 5000, 15_000],
    [9000, 0, 50, 0],
  ])('to %i with %i ready and a ceiling of %i takes %i ms', (to, warm, ceiling, ms) => {
    expect(burstOf(to, { warm, ceiling })).toEqual({ to, warm, ceiling, ms })
  })
})

describe('the figures of a function', () => {
  const used = { lambdaName: 'shop', alias: 'live', provisioned: [{ qualifier: '3' }, { qualifier: 'live' }] }
  const answered = (values: number[]): UsageSeries[] =>
    [regionQuery, ...usageQueries(used)].map((query) => ({
      query,
      points: values.map((value) => ({ value })),
    }))

  test("of a version's environments are asked for by its number and by the alias", () => {
    const subjects = usageQueries(used)
      .filter(({ metric }) => metric === 'ProvisionedConcurrencyUtilization')
      .map(({ of }) => of)
    expect(subjects).toEqual([
      { function: 'shop', qualifier: '3' },
      { function: 'shop', qualifier: 'live', version: '3' },
      { function: 'shop', qualifier: 'live' },
    ])
  })

  test('are the largest value of maxima, and the sum of sums', () => {
    const series = answered([2, 5])
    expect(figureOf(series, 'peak', {})).toBe(5)
    expect(figureOf(series, 'peak', { function: 'shop' })).toBe(5)
    expect(figureOf(series, 'throttles', { function: 'shop' })).toBe(7)
    expect(figureOf(series, 'spillover', { function: 'shop', provisioned: '3' })).toBe(14)
    expect(figureOf(series, 'peak', { function: 'other' })).toBeNull()
  })

  test('are null, not 0, where CloudWatch has no value', () => {
    expect(figureOf(answered([]), 'throttles', { function: 'shop' })).toBeNull()
    expect(figureOf(answered([0]), 'throttles', { function: 'shop' })).toBe(0)
  })
})
