import {
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  type MetricDataQuery,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type RunningCloudWatch, runCloudWatch } from './running-cloudwatch.ts'
import { at, fiveMinutes, query, record } from './shop-metrics.ts'

let cloudWatch: RunningCloudWatch
beforeEach(async () => {
  cloudWatch = await runCloudWatch('2026-11-21T10:05:30Z')
})
afterEach(() => cloudWatch.close())

async function getData(MetricDataQueries: MetricDataQuery[], more: Partial<GetMetricDataCommandInput> = {}) {
  return cloudWatch.client.send(new GetMetricDataCommand({ MetricDataQueries, ...fiveMinutes, ...more }))
}

describe('GetMetricData', () => {
  test.each([
    ['Sum', 20],
    ['Average', 4],
    ['Minimum', 1],
    ['Maximum', 10],
    ['SampleCount', 5],
    ['p50', 3],
    ['p90', 10],
    ['p20', 1],
  ])('%s of 1, 2, 3, 4 and 10 is %d', async (stat, value) => {
    record(cloudWatch, 'Duration', {
      '10:01:00': 3,
      '10:01:01': 1,
      '10:01:02': 10,
      '10:01:59': 2,
      '10:01:30': 4,
    })
    const { MetricDataResults } = await getData([query('m', 'Duration', stat)])
    expect(MetricDataResults?.[0]).toMatchObject({ Id: 'm', Label: 'Duration', Values: [value] })
    expect(MetricDataResults?.[0]?.Timestamps).toEqual([at('10:01:00')])
  })

  test('includes StartTime, rounded down to the period, and excludes EndTime', async () => {
    record(cloudWatch, 'Errors', { '09:59:59': 1, '10:00:00': 2, '10:04:59': 4, '10:05:00': 8 })
    const { MetricDataResults } = await getData([query('m', 'Errors', 'Sum')], { StartTime: at('10:00:40') })
    expect(MetricDataResults?.[0]?.Values).toEqual([2, 4])
  })

  test('gives the newest points first unless ScanBy says otherwise', async () => {
    record(cloudWatch, 'Errors', { '10:00:00': 1, '10:01:00': 2 })
    const input = {
      MetricDataQueries: [query('m', 'Errors', 'Sum')],
      StartTime: at('10:00:00'),
      EndTime: at('10:05:00'),
    }
    const { MetricDataResults } = await cloudWatch.client.send(new GetMetricDataCommand(input))
    expect(MetricDataResults?.[0]?.Values).toEqual([2, 1])
  })

  test('computes an error rate, and leaves out queries with ReturnData false', async () => {
    record(cloudWatch, 'Errors', { '10:00:00': 1, '10:01:00': 0 })
    record(cloudWatch, 'Invocations', { '10:00:00': 1, '10:00:01': 3, '10:01:00': 7 })
    const { MetricDataResults } = await getData([
      { Id: 'rate', Expression: '100*errors/invocations', Label: 'Error rate' },
      { ...query('errors', 'Errors', 'Sum'), ReturnData: false },
      { ...query('invocations', 'Invocations', 'SampleCount'), ReturnData: false },
    ])
    expect(MetricDataResults).toMatchObject([{ Id: 'rate', Label: 'Error rate', Values: [50, 0] }])
  })

  test('pages by MaxDatapoints over all results', async () => {
    record(cloudWatch, 'Errors', { '10:00:00': 1, '10:01:00': 2, '10:02:00': 3 })
    record(cloudWatch, 'Throttles', { '10:03:00': 4 })
    const queries = [query('e', 'Errors', 'Sum'), query('t', 'Throttles', 'Sum')]
    const first = await getData(queries, { MaxDatapoints: 2 })
    expect(first.MetricDataResults).toMatchObject([{ Id: 'e', Values: [1, 2], StatusCode: 'PartialData' }])
    const second = await getData(queries, { MaxDatapoints: 2, NextToken: first.NextToken })
    expect(second.MetricDataResults).toMatchObject([
      { Id: 'e', Values: [3], StatusCode: 'Complete' },
      { Id: 't', Values: [4], StatusCode: 'Complete' },
    ])
    expect(second.NextToken).toBeUndefined()
  })

  test('answers a query without data with an empty result', async () => {
    const { MetricDataResults } = await getData([query('m', 'Errors', 'Sum')])
    expect(MetricDataResults).toMatchObject([{ Id: 'm', Values: [], StatusCode: 'Complete' }])
  })

  test.each([
    ['an unknown id in an expression', [{ Id: 'e', Expression: 'm1 * 2' }], 'Unrecognized operand m1'],
    [
      'expressions in a circle',
      [
        { Id: 'a', Expression: 'b' },
        { Id: 'b', Expression: 'a' },
      ],
      'in a circle: a -> b -> a',
    ],
    ['the same id twice', [query('m', 'Errors', 'Sum'), query('m', 'Errors', 'Sum')], 'not unique: m'],
    ['an id that starts with a capital', [query('M', 'Errors', 'Sum')], 'parameter Id is invalid'],
    ['an unknown statistic', [query('m', 'Errors', 'Median')], 'Median for parameter Stat is not supported'],
    ['an odd period', [query('m', 'Errors', 'Sum', 45)], 'multiple of 60'],
  ])('refuses %s', async (_, queries, message) => {
    await expect(getData(queries)).rejects.toThrow(message)
  })

  test('computes expressions that use each other many times over', async () => {
    const doubling = Array.from({ length: 60 }, (_, index) => ({
      Id: `e${index}`,
      Expression: index === 0 ? 'm + m' : `e${index - 1} + e${index - 1}`,
    }))
    record(cloudWatch, 'Errors', { '10:00:00': 1 })
    const { MetricDataResults } = await getData([query('m', 'Errors', 'Sum'), ...doubling])
    expect(MetricDataResults?.at(-1)?.Values).toEqual([2 ** 60])
  })

  test('takes at most 500 queries', async () => {
    const queries = Array.from({ length: 501 }, (_, index) => query(`m${index}`, 'Errors', 'Sum'))
    await expect(getData(queries)).rejects.toThrow('must not have a size greater than 500')
  })

  test('refuses a token that it never gave', async () => {
    const wanted = getData([query('m', 'Errors', 'Sum')], { NextToken: 'mine' })
    await expect(wanted).rejects.toMatchObject({ name: 'InvalidNextToken' })
  })
})

describe('PutMetricData', () => {
  test('takes a value, values with counts, and a statistic set', async () => {
    const Timestamp = at('10:01:00')
    const MetricData = [
      { MetricName: 'Queue', Timestamp, Value: 5 },
      { MetricName: 'Queue', Timestamp, Values: [1, 2], Counts: [3, 1] },
      {
        MetricName: 'Queue',
        Timestamp,
        StatisticValues: { SampleCount: 2, Sum: 20, Minimum: 8, Maximum: 12 },
      },
    ]
    await cloudWatch.client.send(new PutMetricDataCommand({ Namespace: 'Shop', MetricData }))
    const { Datapoints } = await cloudWatch.client.send(
      new GetMetricStatisticsCommand({
        Namespace: 'Shop',
        MetricName: 'Queue',
        Period: 300,
        StartTime: at('10:00:00'),
        EndTime: at('10:05:00'),
        Statistics: ['Sum', 'SampleCount', 'Minimum', 'Maximum', 'Average'],
      }),
    )
    expect(Datapoints).toEqual([
      {
        Timestamp: at('10:00:00'),
        Unit: 'None',
        Sum: 30,
        SampleCount: 7,
        Minimum: 1,
        Maximum: 12,
        Average: 30 / 7,
      },
    ])
  })

  test('stamps data without a timestamp with the present', async () => {
    await cloudWatch.client.send(
      new PutMetricDataCommand({ Namespace: 'AWS/Lambda', MetricData: [{ MetricName: 'Now', Value: 1 }] }),
    )
    const metric = { Namespace: 'AWS/Lambda', MetricName: 'Now' }
    const { MetricDataResults } = await getData(
      [{ Id: 'm', MetricStat: { Metric: metric, Period: 1, Stat: 'Sum' } }],
      { EndTime: at('10:06:00') },
    )
    expect(MetricDataResults?.[0]?.Timestamps).toEqual([at('10:05:30')])
  })

  test.each([
    ['more than two hours ahead', '12:05:31', 'no more than two hours in the future'],
    ['more than two weeks old', undefined, 'within the past two weeks'],
  ])('refuses data that is %s', async (_what, clock, message) => {
    const Timestamp = clock === undefined ? new Date('2026-11-07T10:05:29Z') : at(clock)
    const MetricData = [{ MetricName: 'Queue', Timestamp, Value: 1 }]
    const put = cloudWatch.client.send(new PutMetricDataCommand({ Namespace: 'Shop', MetricData }))
    await expect(put).rejects.toThrow(message)
  })

  test.each([
    [{ Value: 1, Values: [1] }, 'Value and MetricData.member.1.Values'],
    [
      { Value: 1, StatisticValues: { SampleCount: 1, Sum: 1, Minimum: 1, Maximum: 1 } },
      'Value and MetricData.member.1.StatisticValues',
    ],
  ])('refuses %j', async (values, named) => {
    const MetricData = [{ MetricName: 'Queue', ...values }]
    const put = cloudWatch.client.send(new PutMetricDataCommand({ Namespace: 'Shop', MetricData }))
    await expect(put).rejects.toMatchObject({
      name: 'InvalidParameterCombinationException',
      message: `The parameters MetricData.member.1.${named} are mutually exclusive and you have specified both.`,
    })
  })

  test('takes values beside statistics, which count, as AWS does', async () => {
    const StatisticValues = { SampleCount: 10, Sum: 55, Minimum: 1, Maximum: 10 }
    const MetricData = [{ MetricName: 'Both', Timestamp: at('10:05:00'), Values: [1], StatisticValues }]
    await cloudWatch.client.send(new PutMetricDataCommand({ Namespace: 'Shop', MetricData }))
    const { Datapoints } = await cloudWatch.client.send(
      new GetMetricStatisticsCommand({
        Namespace: 'Shop',
        MetricName: 'Both',
        StartTime: at('10:05:00'),
        EndTime: at('10:06:00'),
        Period: 60,
        Statistics: ['Sum'],
      }),
    )
    expect(Datapoints).toMatchObject([{ Sum: 55 }])
  })

  test('refuses a datum without a value', async () => {
    const MetricData = [{ MetricName: 'Queue' }]
    const put = cloudWatch.client.send(new PutMetricDataCommand({ Namespace: 'Shop', MetricData }))
    await expect(put).rejects.toMatchObject({
      name: 'InvalidParameterCombinationException',
      message:
        'At least one of the parameters MetricData.member.1.Value and MetricData.member.1.StatisticValues must be specified.',
    })
  })

  test('names every wrong value of the data', async () => {
    const MetricData = [
      { MetricName: 'Queue', Value: 1, Unit: 'GB' as 'Bytes' },
      { MetricName: 'Queue', Value: 1, Dimensions: [{ Name: 'a', Value: 'x'.repeat(1025) }] },
      { MetricName: 'x'.repeat(256), Value: 1 },
    ]
    const put = cloudWatch.client.send(new PutMetricDataCommand({ Namespace: 'Shop', MetricData }))
    const error = await put.catch((caught: Error) => caught)
    expect(error).toMatchObject({ name: 'InvalidParameterValueException' })
    expect((error as Error).message.split('\n')).toEqual([
      expect.stringMatching(
        /^The parameter MetricData\.member\.1\.Unit must be a value in the set \[ Seconds, .*, None \]\.$/,
      ),
      'The parameter MetricData.member.2.Dimensions.member.1.Value must be shorter than 1025 characters.',
      'The parameter MetricData.member.3.MetricName must be shorter than 256 characters.',
    ])
  })

  test('refuses counts that do not go with the values', async () => {
    const MetricData = [{ MetricName: 'Queue', Values: [1, 2], Counts: [1] }]
    const put = cloudWatch.client.send(new PutMetricDataCommand({ Namespace: 'Shop', MetricData }))
    await expect(put).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message:
        'The parameters MetricData.member.1.Values and MetricData.member.1.Counts must be of the same size.',
    })
  })
})

describe('ListMetrics', () => {
  test('filters by namespace, name and dimensions', async () => {
    record(cloudWatch, 'Errors', { '10:00:00': 1 })
    record(cloudWatch, 'Invocations', { '10:00:00': 1 })
    const named = await cloudWatch.client.send(
      new ListMetricsCommand({
        Namespace: 'AWS/Lambda',
        MetricName: 'Errors',
        Dimensions: [{ Name: 'FunctionName', Value: 'shop' }, { Name: 'Resource' }],
      }),
    )
    expect(named.Metrics).toEqual([
      {
        Namespace: 'AWS/Lambda',
        MetricName: 'Errors',
        Dimensions: [
          { Name: 'FunctionName', Value: 'shop' },
          { Name: 'Resource', Value: 'shop:live' },
        ],
      },
    ])
    const other = await cloudWatch.client.send(
      new ListMetricsCommand({ Dimensions: [{ Name: 'FunctionName', Value: 'other' }] }),
    )
    expect(other.Metrics).toEqual([])
    const inherited = await cloudWatch.client.send(
      new ListMetricsCommand({ Dimensions: [{ Name: 'constructor' }] }),
    )
    expect(inherited.Metrics).toEqual([])
  })

  test('pages by 500', async () => {
    for (let index = 0; index < 501; index++) record(cloudWatch, `Metric${index}`, { '10:00:00': 1 })
    const first = await cloudWatch.client.send(new ListMetricsCommand({}))
    const second = await cloudWatch.client.send(new ListMetricsCommand({ NextToken: first.NextToken }))
    expect([first.Metrics?.length, second.Metrics?.length, second.NextToken]).toEqual([500, 1, undefined])
  })
})
