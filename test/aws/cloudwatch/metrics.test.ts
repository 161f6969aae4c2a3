import { CreateAliasCommand } from '@aws-sdk/client-lambda'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { connection } from '../../../src/aws/client/connection.ts'
import { cloudWatchApi } from '../../../src/aws/cloudwatch/api.ts'
import { cloudWatchMetrics } from '../../../src/aws/cloudwatch/metrics.ts'
import type { Metrics } from '../../../src/ports/metrics.ts'
import { invoke, publishFirst, publishNext, runSandbox } from '../../sandbox/end-to-end/running-sandbox.ts'
import { fakeClock } from '../../workflows/fake-clock.ts'
import { scripted } from '../scripted.ts'

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test')
})
afterEach(() => {
  vi.unstubAllEnvs()
})

const versions = { functionName: 'checkout', alias: 'live', candidate: '2', stable: '1' }
const minute = 60_000

function metricsAt(endpoint: string): Metrics {
  const options = { region: 'eu-west-1', endpoint, profile: undefined }
  return cloudWatchMetrics(cloudWatchApi(connection(options, fakeClock(0))))
}

test('tells the two versions of a weighted alias apart, minute by minute', async () => {
  const running = await runSandbox()
  await publishFirst(running, 'checkout', [
    { name: 'index.mjs', content: 'export const handler = async () => 1\n' },
  ])
  await publishNext(running, 'checkout', [
    { name: 'index.mjs', content: "export const handler = async () => { throw new Error('no') }\n" },
  ])
  const alias = { FunctionName: 'checkout', Name: 'live', FunctionVersion: '1' }
  const RoutingConfig = { AdditionalVersionWeights: { '2': 0.5 } }
  await running.lambda.send(new CreateAliasCommand({ ...alias, RoutingConfig }))
  const start = Date.now()
  const counts: Record<string, number> = { '1': 0, '2': 0 }
  for (let each = 0; each < 30; each += 1) {
    const { version = '' } = await invoke(running, 'checkout', 'live')
    counts[version] = (counts[version] ?? 0) + 1
  }
  // An invocation of the version itself is no traffic of the alias.
  await invoke(running, 'checkout', '2')

  const minutes = await metricsAt(running.sandbox.url).traffic(versions, start, Date.now() + minute)
  const sumOf = (role: 'candidate' | 'stable', count: 'invocations' | 'errors' | 'throttles') =>
    minutes.reduce((sum, each) => sum + each[role][count], 0)
  expect(sumOf('candidate', 'invocations')).toBe(counts['2'])
  expect(sumOf('candidate', 'errors')).toBe(counts['2'])
  expect(sumOf('stable', 'invocations')).toBe(counts['1'])
  expect(sumOf('stable', 'errors') + sumOf('stable', 'throttles')).toBe(0)
  const served = minutes.filter(({ stable }) => stable.invocations > 0)
  expect(served).not.toEqual([])
  for (const { time, stable } of served) {
    expect(time % minute).toBe(0)
    const { p50 = 0, p90 = 0, p99 = 0 } = stable.durationMs ?? {}
    expect(p50).toBeGreaterThan(0)
    expect([p50, p90, p99]).toEqual([p50, p90, p99].toSorted((one, other) => one - other))
  }
})

test('minutes without traffic are not there', async () => {
  const running = await runSandbox()
  const now = Date.now()
  expect(await metricsAt(running.sandbox.url).traffic(versions, now - 5 * minute, now)).toEqual([])
})

const series = (Id: string, points: [seconds: number, value: number][], StatusCode = 'Complete') => ({
  Id,
  StatusCode,
  Timestamps: points.map(([seconds]) => seconds),
  Values: points.map(([, value]) => value),
})

test('pages are put together, and a counter without a point is zero', async () => {
  const page = {
    MetricDataResults: [
      series('candidate_Invocations', [[120, 4]], 'PartialData'),
      series('stable_Invocations', [[60, 7]]),
      series('stable_p50', [[60, 10]]),
      series('stable_p90', [[60, 20]]),
    ],
    NextToken: 'more',
  }
  const rest = {
    MetricDataResults: [
      series('candidate_Invocations', [[180, 5]]),
      series('candidate_Errors', [[180, 1]]),
      series('stable_Throttles', [[60, 2]]),
      series('stable_p99', [[60, 30]]),
    ],
  }
  const { endpoint, asked } = await scripted([page, rest])
  const none = { invocations: 0, errors: 0, throttles: 0 }
  expect(await metricsAt(endpoint).traffic(versions, 0, 4 * minute)).toEqual([
    {
      time: minute,
      candidate: none,
      stable: { ...none, invocations: 7, throttles: 2, durationMs: { p50: 10, p90: 20, p99: 30 } },
    },
    { time: 2 * minute, candidate: { ...none, invocations: 4 }, stable: none },
    { time: 3 * minute, candidate: { ...none, invocations: 5, errors: 1 }, stable: none },
  ])
  expect(asked.map(({ NextToken }) => NextToken)).toEqual([undefined, 'more'])
})

test('one call asks for twelve series, each by function, alias and executed version', async () => {
  const { endpoint, asked } = await scripted([{ MetricDataResults: [] }])
  await metricsAt(endpoint).traffic(versions, minute, 2 * minute)
  const queries = asked[0]?.['MetricDataQueries'] as { MetricStat: { Metric: object; Period: number } }[]
  expect(asked).toHaveLength(1)
  expect(queries).toHaveLength(12)
  expect(queries[6]).toEqual({
    Id: 'stable_Invocations',
    MetricStat: {
      Metric: {
        Namespace: 'AWS/Lambda',
        MetricName: 'Invocations',
        Dimensions: [
          { Name: 'FunctionName', Value: 'checkout' },
          { Name: 'Resource', Value: 'checkout:live' },
          { Name: 'ExecutedVersion', Value: '1' },
        ],
      },
      Period: 60,
      Stat: 'Sum',
    },
  })
})

test.each([
  ['Forbidden', 'NOT_PERMITTED'],
  ['InternalError', 'AWS_UNAVAILABLE'],
])('a series that is %s is no traffic that was not there', async (status, code) => {
  const { endpoint } = await scripted([
    { MetricDataResults: [series('stable_Invocations', [[60, 7]]), series('stable_Errors', [], status)] },
  ])
  await expect(metricsAt(endpoint).traffic(versions, 0, 2 * minute)).rejects.toMatchObject({
    code,
    message: `Could not read the metrics of checkout:live: stable_Errors is ${status}`,
  })
})
