import { expect, test } from 'vitest'
import { bound, report } from '../../bench/report.ts'

test('the bound is one poll and two round trips', () => {
  expect(bound(2000, 3.5)).toBe(2007)
})

test('each line has its own bound, and its figures as shares of that', () => {
  const measured = [
    { name: 'near', pollMs: 2000, sample: [1010, 505, 2020] },
    { name: 'much later', pollMs: 5000, sample: [5020, 2510] },
  ]
  expect(report(measured, [10, 10, 10, 40])).toBe(`From the alarm in ALARM to the alias back on stable, ms
                    n        p50        p90        max      bound  p50/bound  p90/bound  max/bound
near                3       1010       2020       2020       2020       0.50       1.00       1.00
much later          2       2510       5020       5020       5020       0.50       1.00       1.00
bound: one poll and two round trips of 10.0 ms (GetAlias in this run: p50; p90 40.0 ms)`)
})
