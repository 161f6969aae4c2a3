import { expect, test } from 'vitest'
import { formatBytes } from '../../../src/release/values/bytes.ts'

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
