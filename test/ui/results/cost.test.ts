import { expect, test } from 'vitest'
import { sumRows } from '../../../src/ui/results/cost/bill.ts'

test('the free tier is subtracted, and one of almost nothing is told in words', () => {
  const freeOf = (free: number) => sumRows({ total: 1, free })[1]?.[2]
  expect([5.2, 0.000_001].map(freeOf)).toEqual(['-$5.20', '< $0.0001 less'])
})
