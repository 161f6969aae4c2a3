import { expect, test } from 'vitest'
import { count, formatBytes, formatCountdown } from '../../../src/ui/text/figures.ts'

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [1_234_567, '1.2 MB'],
  [52_428_800, '52.4 MB'],
  [3_000_000_000_000, '3000.0 GB'],
])('%i bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})

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
