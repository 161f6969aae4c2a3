import {
  DescribeAlarmHistoryCommand,
  DescribeAlarmsForMetricCommand,
  GetMetricDataCommand,
  ListMetricsCommand,
  type ListMetricsCommandInput,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningCloudWatch, runCloudWatch } from './running-cloudwatch.ts'
import { at, fiveMinutes, query, record } from './shop-metrics.ts'

let cloudWatch: RunningCloudWatch
beforeAll(async () => {
  cloudWatch = await runCloudWatch('2026-11-21T10:05:30Z')
})
afterAll(() => cloudWatch.close())

const getData = (queries: ReturnType<typeof query>[]) =>
  cloudWatch.client.send(new GetMetricDataCommand({ MetricDataQueries: queries, ...fiveMinutes }))
const ofErrors = query('m', 'Errors', 'Sum')

test.each<[string, () => Promise<unknown>]>([
  [
    'EntityMetricData',
    () => cloudWatch.client.send(new PutMetricDataCommand({ Namespace: 'Shop', EntityMetricData: [{}] })),
  ],
  ['AccountId', () => getData([{ ...ofErrors, AccountId: '999999999999' }])],
  [
    'AlarmContributorId',
    () => cloudWatch.client.send(new DescribeAlarmHistoryCommand({ AlarmContributorId: 'c' })),
  ],
])('%s is told to be absent, not dropped', async (what, send) => {
  await expect(send()).rejects.toMatchObject({
    name: 'NotImplemented',
    message: expect.stringContaining(what) as string,
    $metadata: { httpStatusCode: 501 },
  })
})

test('a query has one period', async () => {
  await expect(getData([{ ...ofErrors, Period: 60 }])).rejects.toThrow(
    'The parameters MetricDataQueries.member.1.Period and MetricDataQueries.member.1.MetricStat are mutually exclusive and you have specified both.',
  )
})

test('data has a resolution of a second or of a minute', async () => {
  const MetricData = [{ MetricName: 'Queue', Value: 1, StorageResolution: 10 }]
  const put = cloudWatch.client.send(new PutMetricDataCommand({ Namespace: 'Shop', MetricData }))
  await expect(put).rejects.toThrow('MetricData.member.1.StorageResolution must be 1 or 60')
})

test('alarms of a metric are found by percentile and unit', async () => {
  const metric = { Namespace: 'AWS/Lambda', MetricName: 'Duration' }
  const rule = { EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanThreshold' as const }
  for (const ExtendedStatistic of ['p50', 'p99']) {
    const alarm = { ...metric, ...rule, AlarmName: ExtendedStatistic, ExtendedStatistic, Period: 60 }
    await cloudWatch.client.send(new PutMetricAlarmCommand({ ...alarm, Unit: 'Milliseconds' }))
  }
  const found = async (input: object) => {
    const { MetricAlarms } = await cloudWatch.client.send(
      new DescribeAlarmsForMetricCommand({ ...metric, ...input }),
    )
    return MetricAlarms?.map(({ AlarmName }) => AlarmName)
  }
  expect(await found({ ExtendedStatistic: 'p99', Unit: 'Milliseconds' })).toEqual(['p99'])
  expect(await found({ Unit: 'Seconds' })).toEqual([])
})

describe('ListMetrics', () => {
  const names = async (input: ListMetricsCommandInput) => {
    const { Metrics } = await cloudWatch.client.send(new ListMetricsCommand(input))
    return Metrics?.map(({ MetricName }) => MetricName)
  }

  test('shows only metrics with recent data, or of the account, if that is asked for', async () => {
    record(cloudWatch, 'New', { '10:00:00': 1 })
    record(cloudWatch, 'Old', { '06:00:00': 1 })
    expect(await names({ RecentlyActive: 'PT3H' })).toEqual(['New'])
    expect(await names({})).toEqual(['New', 'Old'])
    expect(await names({ OwningAccount: '123456789012' })).toEqual(['New', 'Old'])
    expect(await names({ OwningAccount: '999999999999' })).toEqual([])
    expect(cloudWatch.clock.now).toBe(at('10:05:30').getTime())
  })
})

test('the text of an error is in the member that the model has', async () => {
  const authorization =
    'AWS4-HMAC-SHA256 Credential=test/20261121/eu-west-1/monitoring/aws4_request, SignedHeaders=host, Signature=0'
  const ask = async (operation: string, body: object) => {
    const headers = { authorization, 'x-amz-target': `GraniteServiceVersion20100801.${operation}` }
    const response = await fetch(cloudWatch.endpoint, { method: 'POST', headers, body: JSON.stringify(body) })
    return (await response.json()) as object
  }
  expect(await ask('ListTagsForResource', { ResourceARN: 'arn:aws:none' })).toEqual({
    __type: 'ResourceNotFoundException',
    Message: 'The resource arn:aws:none does not exist.',
  })
  expect(await ask('DisableAlarmActions', { AlarmNames: ['none'] })).toEqual({
    __type: 'ResourceNotFound',
    message: 'Unknown alarm: none',
  })
})
