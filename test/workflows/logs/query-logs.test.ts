import { expect, test } from 'vitest'
import type { LambdactlError } from '../../../src/errors/error.ts'
import type { InsightsState } from '../../../src/ports/logs/insights.ts'
import { queryLogs } from '../../../src/workflows/logs/query-logs.ts'
import type { Run } from '../../../src/workflows/run/run.ts'
import { virtualClock } from './virtual-clock.ts'

const target = { function: 'shop', environment: 'prod', lambdaName: 'shop', alias: 'live' } as never
const span = { query: 'fields @message', since: 0, until: 60_000, limit: 10 }

/** Insights in memory: each look gives the next state, and the last one again and again. */
function insightsWorld(states: readonly InsightsState[]) {
  const clock = virtualClock(0)
  const stopped: string[] = []
  const looks: number[] = []
  const interrupt = new AbortController()
  const insights = {
    start: async ({ groups }: { groups: readonly string[] }) => `query of ${groups.join()}`,
    state: async () => {
      looks.push(clock.now())
      return states[looks.length - 1] ?? states.at(-1)
    },
    stop: async (id: string) => void stopped.push(id),
  }
  const functions = { get: async () => ({ logGroup: '/aws/lambda/shop' }) }
  const aws = { insights, functions } as unknown as Run['aws']
  const told: number[] = []
  const query = () =>
    queryLogs({ aws, clock, signal: interrupt.signal }, target, span, ({ scanned }) =>
      told.push(scanned),
    ).catch((error: LambdactlError) => error.code)
  return { clock, stopped, looks, told, interrupt, query }
}

const state = (status: InsightsState['status'], rows: InsightsState['rows'] = [], scanned = 0) => ({
  status,
  rows,
  scanned,
  matched: rows.length,
  bytes: 0,
})

test('a query is looked at until it is complete, less and less often', async () => {
  const running = [1, 2, 3, 4].map((scanned) => state('running', [], scanned))
  const world = insightsWorld([...running, state('complete', [{ a: '1' }, { a: '2', b: '3' }], 5)])
  const result = world.query()
  await world.clock.pass(10_000)
  expect(await result).toMatchObject({ columns: ['a', 'b'], scanned: 5, matched: 2 })
  expect(world.looks).toEqual([0, 250, 750, 1750, 3750])
  expect(world.told).toEqual([1, 2, 3, 4])
  expect(world.stopped).toEqual([])
})

test('an interrupt stops the query', async () => {
  const world = insightsWorld([state('running')])
  const result = world.query()
  await world.clock.pass(1000)
  world.interrupt.abort()
  await world.clock.pass(0)
  expect(await result).toBe('INTERRUPTED')
  expect(world.stopped).toEqual(['query of /aws/lambda/shop'])
})

test.each(['failed', 'cancelled', 'timeout'] as const)(
  'a query that CloudWatch ends as %s is no result',
  async (status) => {
    const world = insightsWorld([state(status)])
    expect(await world.query()).toBe('AWS_UNAVAILABLE')
    expect(world.stopped).toEqual([])
  },
)
