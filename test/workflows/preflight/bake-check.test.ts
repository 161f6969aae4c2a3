import { expect, test } from 'vitest'
import { bakeChecks } from '../../../src/workflows/preflight/bake-check.ts'

test.each([
  [{ bakeMs: 0, stable: '3' }, 60_000, 'there is no bake of 1 min, since no alarm watches 100%'],
  [{ bakeMs: 0, stable: undefined }, 600_000, 'there is no bake of 10 min, since there is no version to go'],
])('a bake that is left out is told, with why', (plan, askedMs, detail) => {
  expect(bakeChecks(plan, askedMs)).toEqual([
    { title: 'bake', outcome: 'warn', detail: expect.stringContaining(detail) as string },
  ])
})

test.each([
  [{ bakeMs: 60_000, stable: '3' }, 60_000],
  [{ bakeMs: 0, stable: '3' }, 0],
])('a bake that is kept, or that nobody wanted, is not', (plan, askedMs) => {
  expect(bakeChecks(plan, askedMs)).toEqual([])
})
