import {
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type RunningCloudWatch, runCloudWatch } from './running-cloudwatch.ts'
import { at, Dimensions, dimensions, fiveMinutes, query, record } from './shop-metrics.ts'

let cloudWatch: RunningCloudWatch
beforeEach(async () => {
  cloudWatch = await runCloudWatch('2026-11-21T10:05:30Z')
})
afterEach(() => cloudWatch.close())

async function getData(MetricDataQueries: MetricDataQuery[]) {
  return cloudWatch.client.send(new GetMetricDataCommand({ MetricDataQueries, ...fiveMinutes }))
}

describe('a metric with several units', () => {
  beforeEach(() => {
    const named = (unit: string, value: number) => ({
      namespace: 'AWS/Lambda',
      name: 'Duration',
      dimensions,
      value,
      unit,
      timestamp: at('10:01:00').getTime(),
    })
    const data = [named('Milliseconds', 60_000), named('Milliseconds', 20_000), named('Seconds', 60)]
    cloudWatch.sink.record('eu-west-1', data)
  })

  test('is read by its unit; without one by the first, with a message', async () => {
    const inSeconds = query('s', 'Duration', 'Sum')
    if (inSeconds.MetricStat) inSeconds.MetricStat.Unit = 'Seconds'
    const { MetricDataResults } = await getData([inSeconds, query('m', 'Duration', 'Average')])
    expect(MetricDataResults).toMatchObject([
      { Id: 's', Values: [60] },
      {
        Id: 'm',
        Values: [40_000],
        Messages: [{ Code: 'MultipleUnits', Value: "Multiple units returned: '[Milliseconds, Seconds]'" }],
      },
    ])
    expect(MetricDataResults?.[0]?.Messages).toBeUndefined()
  })

  test('has a datapoint for each unit in GetMetricStatistics, and is one metric in ListMetrics', async () => {
    const metric = { Namespace: 'AWS/Lambda', MetricName: 'Duration' }
    const { Datapoints } = await cloudWatch.client.send(
      new GetMetricStatisticsCommand({
        ...metric,
        Dimensions,
        Period: 60,
        StartTime: at('10:00:00'),
        EndTime: at('10:05:00'),
        Statistics: ['Sum'],
      }),
    )
    const Timestamp = at('10:01:00')
    expect(Datapoints).toEqual([
      { Timestamp, Sum: 80_000, Unit: 'Milliseconds' },
      { Timestamp, Sum: 60, Unit: 'Seconds' },
    ])
    const { Metrics } = await cloudWatch.client.send(new ListMetricsCommand(metric))
    expect(Metrics).toHaveLength(1)
  })
})

test.each([
  [
    [
      ['Sum', 60],
      ['Minimum', 30],
    ],
    ['Duration Sum 60', 'Duration Minimum 30'],
  ],
  [
    [
      ['Sum', 60],
      ['Minimum', 60],
    ],
    ['Duration Sum', 'Duration Minimum'],
  ],
  [
    [
      ['Sum', 60],
      ['Sum', 30],
    ],
    ['Duration 60', 'Duration 30'],
  ],
  [
    [
      ['Sum', 60],
      ['Sum', 60],
    ],
    ['Duration', 'Duration'],
  ],
] as const)('queries of one metric with %j are labelled %j', async (pairs, labels) => {
  const queries = pairs.map(([stat, period], index) => query(`m${index}`, 'Duration', stat, period))
  const { MetricDataResults } = await getData([...queries, query('other', 'Errors', 'Sum')])
  expect(MetricDataResults?.map(({ Label }) => Label)).toEqual([...labels, 'Errors'])
})

test('GetMetricStatistics has a code of its own for a start after the end', async () => {
  const metric = { Namespace: 'Shop', MetricName: 'Queue', Period: 60, Statistics: ['Sum' as const] }
  const read = cloudWatch.client.send(
    new GetMetricStatisticsCommand({ ...metric, StartTime: at('10:05:00'), EndTime: at('10:05:00') }),
  )
  await expect(read).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: 'The parameter StartTime must be less than the parameter EndTime.',
  })
})

test('data of hours ago are kept as minutes', async () => {
  record(cloudWatch, 'Errors', { '10:01:10': 1, '10:01:20': 2, '10:02:05': 4 })
  cloudWatch.clock.now = at('16:00:30').getTime()
  await vi.waitFor(async () => {
    const { MetricDataResults } = await getData([query('m', 'Errors', 'Sum', 10)])
    expect(MetricDataResults?.[0]).toMatchObject({
      Timestamps: [at('10:01:00'), at('10:02:00')],
      Values: [3, 4],
    })
  }, 5000)
})
