import { expect, test } from 'vitest'
import { sparkline } from '../../../../src/ui/text/charts/sparkline.ts'

test.each([
  [[0, 1, 50, 100], '▁▂▅█'],
  [[undefined, 0, undefined], '·▁·'],
  [[5, 5], '██'],
  [[], ''],
])('%j is %s', (values, bars) => {
  expect(sparkline(values)).toBe(bars)
})

test('several rows may share their highest bar', () => {
  expect(sparkline([10], 100)).toBe('▂')
  expect(sparkline([200], 100)).toBe('█')
})
