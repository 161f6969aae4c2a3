import { expect, test } from 'vitest'
import type { Plan } from '../../../src/release/plan/plan.ts'
import type { AliasState } from '../../../src/release/values/observed.ts'
import { formatRecord } from '../../../src/release/values/record.ts'
import { pollMs } from '../../../src/workflows/watch/poll.ts'
import { plan } from '../canary.ts'
import { start } from '../world.ts'

const hour = 3_600_000

/** Steps of two seconds, and a bake of an hour. */
const quick: Plan = { ...plan, steps: [{ percent: 10, holdMs: 2000 }], bakeMs: hour }

/** An alias whose step began then. */
function since(then: number): AliasState {
  const { id, strategy, candidate, held } = plan
  const record = { id, strategy, candidate, held, phase: 'shifting', step: 1, steps: 1, since: then } as const
  return { name: 'live', version: '3', revisionId: 'r', description: formatRecord(record) }
}

test('a step of minutes is looked at every 2 s in its first minute, and every 5 s later', () => {
  const until = start + 10 * 60_000
  expect(pollMs(plan, since(start), until, start + 30_000)).toBe(2000)
  expect(pollMs(plan, since(start), until, start + 90_000)).toBe(5000)
})

test('a step of seconds is looked at more often, and no later than it is over', () => {
  expect(pollMs(quick, since(start), start + 2000, start)).toBe(250)
  expect(pollMs(quick, since(start), start + 2000, start + 1900)).toBe(100)
  expect(pollMs(quick, since(start), start + 2000, start + 9000)).toBe(0)
})

test('what is far away is looked at as usual, however short another step is', () => {
  expect(pollMs(quick, since(start), start + hour, start + 30_000)).toBe(2000)
  expect(pollMs(quick, since(start), start + hour, start + 90_000)).toBe(5000)
  expect(pollMs(quick, since(start), Number.POSITIVE_INFINITY, start + 1000)).toBe(2000)
})

test('a record by a clock that was hours ahead is no shift of just now', () => {
  expect(pollMs(quick, since(start + 10 * hour), start + 10 * hour + 2000, start)).toBe(5000)
  expect(pollMs(quick, since(start + 1000), start + 3000, start)).toBe(300)
})
