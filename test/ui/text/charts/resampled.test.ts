import { expect, test } from 'vitest'
import { resampled } from '../../../../src/ui/text/charts/resampled.ts'

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

test.each([
  [[1, 2, 3], 5, [1, 2, 3]],
  [[1, 2, 3, 4, 5], 3, [3, 7, 5]],
  [[undefined, undefined, 3, undefined], 2, [undefined, 3]],
  [[], 3, []],
])('%j in at most %i is %j', (values, most, fewer) => {
  expect(resampled(values, most, sum)).toEqual(fewer)
})
