import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  DisableAlarmActionsCommand,
  GetDashboardCommand,
  GetMetricStatisticsCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch'
import { AwsJson1_0Protocol, AwsQueryProtocol, AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { clientSettings } from '../serve.ts'
import { type RunningCloudWatch, runCloudWatch } from './running-cloudwatch.ts'

let cloudWatch: RunningCloudWatch
beforeEach(async () => {
  cloudWatch = await runCloudWatch('2026-11-21T10:05:30Z')
})
afterEach(() => cloudWatch.close())

const at = (clock: string) => new Date(`2026-11-21T${clock}Z`)
const Dimensions = [
  { Name: 'FunctionName', Value: 'shop' },
  { Name: 'Resource', Value: 'shop:live & more' },
]

describe.each([
  ['JSON', AwsJson1_0Protocol],
  ['query', AwsQueryProtocol],
  ['CBOR', AwsSmithyRpcV2CborProtocol],
] as const)('a client that speaks %s', (_, protocol) => {
  let client: CloudWatchClient
  beforeEach(() => {
    client = new CloudWatchClient({ ...clientSettings(cloudWatch.endpoint), protocol: protocol as never })
  })
  afterEach(() => client.destroy())

  test('gets an alarm back as it put it, lists, booleans, numbers and times included', async () => {
    const alarm = {
      AlarmName: 'rate',
      ActionsEnabled: false,
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:a', 'arn:aws:sns:eu-west-1:123456789012:b'],
      ComparisonOperator: 'GreaterThanThreshold' as const,
      EvaluationPeriods: 3,
      Threshold: 0.25,
      Metrics: [
        { Id: 'rate', Expression: 'errors / 2' },
        {
          Id: 'errors',
          ReturnData: false,
          MetricStat: {
            Metric: { Namespace: 'AWS/Lambda', MetricName: 'Errors', Dimensions },
            Period: 60,
            Stat: 'Sum',
          },
        },
      ],
    }
    await client.send(new PutMetricAlarmCommand(alarm))
    const { MetricAlarms } = await client.send(new DescribeAlarmsCommand({ AlarmNames: ['rate', 'other'] }))
    expect(MetricAlarms).toMatchObject([
      { ...alarm, StateValue: 'INSUFFICIENT_DATA', StateUpdatedTimestamp: at('10:05:30') },
    ])
  })

  test('gets figures, percentiles too', async () => {
    const data = {
      MetricName: 'Latency',
      Dimensions,
      Timestamp: at('10:01:30'),
      Values: [1, 2.5],
      Counts: [3, 1],
    }
    await client.send(new PutMetricDataCommand({ Namespace: 'Shop', MetricData: [data] }))
    const { Datapoints } = await client.send(
      new GetMetricStatisticsCommand({
        Namespace: 'Shop',
        MetricName: 'Latency',
        Dimensions,
        StartTime: at('10:00:00'),
        EndTime: at('10:05:00'),
        Period: 60,
        Statistics: ['Sum', 'SampleCount'],
        ExtendedStatistics: ['p50', 'p100'],
      }),
    )
    expect(Datapoints).toEqual([
      {
        Timestamp: at('10:01:00'),
        Sum: 5.5,
        SampleCount: 4,
        Unit: 'None',
        ExtendedStatistics: { p50: 1, p100: 2.5 },
      },
    ])
  })

  test('gets the code and the message of an error', async () => {
    await expect(client.send(new DisableAlarmActionsCommand({ AlarmNames: ['none'] }))).rejects.toMatchObject(
      {
        name: 'ResourceNotFound',
        message: 'Unknown alarm: none',
      },
    )
  })

  test('learns the name of an operation that the sandbox does not have', async () => {
    const absent = client.send(new GetDashboardCommand({ DashboardName: 'shop' }))
    await expect(absent).rejects.toMatchObject({
      message: 'The sandbox does not have monitoring:GetDashboard.',
      $metadata: { httpStatusCode: 501 },
    })
  })
})
