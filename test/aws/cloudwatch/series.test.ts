import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { connection } from '../../../src/aws/client/connection.ts'
import { cloudWatchApi } from '../../../src/aws/cloudwatch/api.ts'
import { cloudWatchMetrics } from '../../../src/aws/cloudwatch/metrics.ts'
import type { MetricSubject, Metrics, SeriesQuery } from '../../../src/ports/metrics.ts'
import { type RunningCloudWatch, runCloudWatch } from '../../sandbox/cloudwatch/running-cloudwatch.ts'
import { fakeClock } from '../../workflows/fake-clock.ts'
import { scripted } from '../scripted.ts'

let cloudWatch: RunningCloudWatch
const start = Date.parse('2026-11-21T10:00:00Z')
const minute = 60_000

beforeEach(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test')
  cloudWatch = await runCloudWatch('2026-11-21T10:10:00Z')
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await cloudWatch.close()
})

function metricsAt(endpoint: string, taken: string[] = []): Metrics {
  const made = connection({ region: 'eu-west-1', endpoint, profile: undefined }, fakeClock(0))
  const take = async () => {
    taken.push('GetMetricData')
  }
  return cloudWatchMetrics(cloudWatchApi({ ...made, metricReads: { take } }))
}

const subjects = {
  region: {},
  whole: { function: 'shop' },
  alias: { function: 'shop', qualifier: 'live' },
  candidate: { function: 'shop', qualifier: 'live', version: '2' },
} satisfies Record<string, MetricSubject>

const dimensions = [
  {},
  { FunctionName: 'shop' },
  { FunctionName: 'shop', Resource: 'shop:live' },
  { FunctionName: 'shop', Resource: 'shop:live', ExecutedVersion: '2' },
]

/** Records the values under one of the sets of dimensions, one in each minute from the start. */
function record(name: string, set: number, values: readonly (number | undefined)[]): void {
  const data = values.flatMap((value, index) =>
    value === undefined
      ? []
      : [
          {
            namespace: 'AWS/Lambda',
            name,
            dimensions: dimensions[set] ?? {},
            value,
            unit: 'Count',
            timestamp: start + index * minute,
          },
        ],
  )
  cloudWatch.sink.record('eu-west-1', data)
}

const span = { from: start, until: start + 5 * minute, periodMs: minute }

test('series of several functions, dimensions and statistics, in the order of the queries', async () => {
  for (const [set, value] of [8, 6, 4, 2].entries()) record('Invocations', set, [value, undefined, value])
  record('Duration', 2, [10, 20])
  record('Duration', 2, [1000])
  const invocations = { metric: 'Invocations', statistic: 'Sum' }
  const queries = [
    { ...invocations, of: subjects.candidate },
    { ...invocations, of: subjects.region },
    { ...invocations, of: subjects.whole },
    { metric: 'Duration', of: subjects.alias, statistic: 'Maximum' },
    { metric: 'Duration', of: subjects.alias, statistic: 'p99' },
    { ...invocations, of: { function: 'another' } },
    { metric: 'IteratorAge', of: subjects.whole, statistic: 'Maximum' },
  ]
  const read = await metricsAt(cloudWatch.endpoint).series(queries, span)
  expect(read.map(({ query }) => query)).toEqual(queries)
  const values = read.map(({ points }) => points.map(({ time, value }) => [(time - start) / minute, value]))
  // The second minute had no invocation: it is left out, not 0.
  expect(values[0]).toEqual([
    [0, 2],
    [2, 2],
  ])
  expect(values[1]?.[0]).toEqual([0, 8])
  expect(values[2]?.[0]).toEqual([0, 6])
  expect(values[3]).toEqual([
    [0, 1000],
    [1, 20],
  ])
  expect(values[4]?.[0]?.[1]).toBeCloseTo(1000, -1)
  expect(values.slice(5)).toEqual([[], []])
})

test('a longer period sums its minutes, and the end is exclusive', async () => {
  record('Invocations', 1, [1, 1, 1, 1, 1, 100])
  const query = { metric: 'Invocations', of: subjects.whole, statistic: 'Sum' }
  const [read] = await metricsAt(cloudWatch.endpoint).series([query], { ...span, periodMs: 5 * minute })
  expect(read?.points).toEqual([{ time: start, value: 5 }])
})

const manyQueries: SeriesQuery[] = Array.from({ length: 1001 }, (_, index) => ({
  metric: 'Invocations',
  of: { function: `shop-${index}` },
  statistic: 'Sum',
}))

test('500 queries go in a call, and each call takes from the budget', async () => {
  const taken: string[] = []
  cloudWatch.sink.record('eu-west-1', [
    {
      namespace: 'AWS/Lambda',
      name: 'Invocations',
      dimensions: { FunctionName: 'shop-1000' },
      value: 7,
      unit: 'Count',
      timestamp: start,
    },
  ])
  const read = await metricsAt(cloudWatch.endpoint, taken).series(manyQueries, span)
  expect(read).toHaveLength(1001)
  expect(read.flatMap(({ points }) => points)).toEqual([{ time: start, value: 7 }])
  expect(read[1000]?.points).toHaveLength(1)
  expect(taken).toHaveLength(3)
})

test('no query is no call', async () => {
  const taken: string[] = []
  expect(await metricsAt(cloudWatch.endpoint, taken).series([], span)).toEqual([])
  expect(taken).toEqual([])
})

const result = (Id: string, seconds: number[], StatusCode = 'Complete') => ({
  Id,
  StatusCode,
  Timestamps: seconds,
  Values: seconds,
})

test('a series that comes in pages is put together', async () => {
  const { endpoint, asked } = await scripted([
    { MetricDataResults: [result('q0', [60], 'PartialData'), result('q1', [60])], NextToken: 'more' },
    { MetricDataResults: [result('q0', [120])] },
  ])
  const read = await metricsAt(endpoint).series(manyQueries.slice(0, 2), span)
  expect(read.map(({ points }) => points.map(({ value }) => value))).toEqual([[60, 120], [60]])
  expect(asked.map(({ NextToken }) => NextToken)).toEqual([undefined, 'more'])
})

test('a series that AWS refuses is an error with its name, not a series without values', async () => {
  const { endpoint } = await scripted([{ MetricDataResults: [result('q1', [], 'Forbidden')] }])
  const query = { metric: 'Duration', of: subjects.whole, statistic: 'p99' }
  await expect(metricsAt(endpoint).series([query, query], span)).rejects.toMatchObject({
    code: 'NOT_PERMITTED',
    message: 'Could not read the metrics of shop: p99 of Duration is Forbidden',
  })
})
