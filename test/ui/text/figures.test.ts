import { expect, test } from 'vitest'
import { count, formatCountdown } from '../../../src/ui/text/figures.ts'

test.each([
  [-1, '0:00'],
  [0, '0:00'],
  [1, '0:01'],
  [9000, '0:09'],
  [59_001, '1:00'],
  [750_000, '12:30'],
  [3_600_000, '60:00'],
])('%i ms are a countdown of %s', (ms, text) => {
  expect(formatCountdown(ms)).toBe(text)
})

test.each([
  [0, '0 files'],
  [1, '1 file'],
  [2, '2 files'],
])('%i is %s', (amount, text) => {
  expect(count(amount, 'file')).toBe(text)
})
