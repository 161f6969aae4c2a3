import { expect, test } from 'vitest'
import { figures, percentile } from '../../bench/figures.ts'

test.each([
  [0, 1],
  [50, 5],
  [51, 6],
  [90, 9],
  [91, 10],
  [100, 10],
])('the percentile %i is a value of the sample, by the nearest rank', (percent, value) => {
  expect(percentile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], percent)).toBe(value)
})

test('numbers are ordered as numbers, and the sample stays as it was', () => {
  const sample = [100, 9, 20]
  expect(figures(sample)).toEqual({ count: 3, p50: 20, p90: 100, max: 100 })
  expect(sample).toEqual([100, 9, 20])
})

test('one value is all its percentiles, and no value has none', () => {
  expect(figures([7])).toEqual({ count: 1, p50: 7, p90: 7, max: 7 })
  expect(() => figures([])).toThrow('A sample without values has no percentile.')
})
