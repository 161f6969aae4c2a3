import { beforeEach, expect, test } from 'vitest'
import { readMetrics } from '../../../src/workflows/metrics/read-metrics.ts'
import { awsError } from '../calls.ts'
import { deployed, service } from '../service.ts'
import { start, target, type World, world } from '../world.ts'

const hourMs = 3_600_000
let made: World
beforeEach(async () => {
  made = world()
  await using shop = await service()
  await deployed(made, shop)
})

const read = (byVersion: boolean) =>
  readMetrics(made.run, target, { from: start - hourMs, until: start, byVersion })

/** The log has nothing, or can't be read. */
function answerInsights(rows: readonly Readonly<Record<string, string>>[] | undefined): void {
  const state = { status: 'complete' as const, rows: [...(rows ?? [])], scanned: 1, matched: 1, bytes: 99 }
  made.run.aws.insights = {
    start: async () => {
      if (!rows) throw awsError('NOT_PERMITTED', 'No log for you.')
      return 'id'
    },
    state: async () => state,
    stop: async () => undefined,
  }
}

test('the whole function has its rows, with and without data, and those of the log', async () => {
  answerInsights([{ time: '2026-11-21 09:30:00.000', cold: '2', init50: '310.5', used: '88' }])
  made.series = ({ metric, of }, { from }) =>
    metric === 'Invocations' && of.version === undefined ? [{ time: from, value: 40 }] : []
  const { series, logBytes, periodMs } = await read(false)
  expect(periodMs).toBe(60_000)
  expect(logBytes).toBe(99)
  expect(series.map(({ metric, points }) => [metric, points.length])).toEqual([
    ['Invocations', 1],
    ['Errors', 0],
    ['Throttles', 0],
    ['Duration', 0],
    ['Duration', 0],
    ['Duration', 0],
    ['ConcurrentExecutions', 0],
    ['IteratorAge', 0],
    ['DeadLetterErrors', 0],
    ['ColdStarts', 1],
    ['InitDuration', 1],
    ['InitDuration', 0],
    ['MaxMemoryUsed', 1],
    ['MemorySize', 0],
  ])
  expect(series.find(({ metric }) => metric === 'ColdStarts')?.points).toEqual([
    { time: Date.parse('2026-11-21T09:30:00Z'), value: 2 },
  ])
})

test('by version: those that the alias and its record name, if they ran', async () => {
  answerInsights([{ time: '2026-11-21 09:30:00.000', version: '4', cold: '2' }])
  made.aliases.byHand(target.lambdaName, {
    version: '4',
    description:
      'lambdactl canary ours | done 2/2 | candidate 4 | held 4 3 1 | since 2026-11-21T10:00:00.000Z',
  })
  const asked = new Set<string>()
  made.series = ({ metric, of }, { from }) => {
    if (of.version !== undefined) asked.add(`${of.qualifier} ${of.version}`)
    return metric === 'Invocations' && of.version !== '1' ? [{ time: from, value: 40 }] : []
  }
  const { series } = await read(true)
  expect([...asked]).toEqual(['live 4', 'live 3', 'live 1'])
  expect(series.filter(({ version }) => version !== undefined)).toMatchObject([
    { metric: 'Invocations', version: '4' },
    { metric: 'Invocations', version: '3' },
    { metric: 'ColdStarts', version: '4' },
  ])
})

test('a log that may not be read leaves its rows out, with the reason', async () => {
  answerInsights(undefined)
  const metrics = await read(false)
  expect(metrics.logUnknown).toBe('No log for you.')
  expect(metrics).not.toHaveProperty('logBytes')
  expect(metrics.series).toHaveLength(9)
})

test('a function that is not deployed is an error, unless it had traffic in that time', async () => {
  made = world()
  answerInsights([])
  await expect(read(false)).rejects.toMatchObject({
    code: 'NOT_FOUND',
    next: ['Deploy it first: lambdactl deploy checkout --env prod'],
  })
  made.series = ({ metric }, { from }) => (metric === 'Invocations' ? [{ time: from, value: 40 }] : [])
  expect((await read(false)).series).toHaveLength(9)
})

test('without an alias no versions can be told apart', async () => {
  made = world()
  await expect(read(true)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
