import {
  DescribeAlarmsCommand,
  ListTagsForResourceCommand,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  SetAlarmStateCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningCloudWatch, runCloudWatch } from './running-cloudwatch.ts'

let cloudWatch: RunningCloudWatch
beforeAll(async () => {
  cloudWatch = await runCloudWatch('2026-11-21T10:05:30Z')
})
afterAll(() => cloudWatch.close())

const metric = {
  Namespace: 'AWS/Lambda',
  MetricName: 'Duration',
  Dimensions: [{ Name: 'FunctionName', Value: 'shop' }],
}
const alarm: PutMetricAlarmCommandInput = {
  AlarmName: 'slow',
  ...metric,
  ExtendedStatistic: 'p99',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanThreshold',
}
const errors: PutMetricAlarmCommandInput = {
  ...alarm,
  AlarmName: 'errors',
  ExtendedStatistic: undefined,
  Statistic: 'Sum',
}
const band: PutMetricAlarmCommandInput = {
  AlarmName: 'odd',
  EvaluationPeriods: 1,
  ComparisonOperator: 'GreaterThanUpperThreshold',
  ThresholdMetricId: 'band',
  Metrics: [
    { Id: 'm', ReturnData: true, MetricStat: { Metric: metric, Period: 60, Stat: 'Average' } },
    { Id: 'band', Expression: 'ANOMALY_DETECTION_BAND(m, 2)' },
  ],
}
const put = (input: PutMetricAlarmCommandInput) => cloudWatch.client.send(new PutMetricAlarmCommand(input))
const arn = (name: string, region = 'eu-west-1') => `arn:aws:cloudwatch:${region}:123456789012:alarm:${name}`

describe('an alarm on an anomaly detection band', () => {
  test('is kept as it was put, without a threshold', async () => {
    await put(band)
    const { MetricAlarms } = await cloudWatch.client.send(new DescribeAlarmsCommand({ AlarmNames: ['odd'] }))
    expect(MetricAlarms).toMatchObject([{ ...band, StateValue: 'INSUFFICIENT_DATA' }])
    expect(MetricAlarms?.[0]).not.toHaveProperty('Threshold')
  })

  test.each<[string, Partial<PutMetricAlarmCommandInput>, string]>([
    ['a threshold beside it', { Threshold: 1 }, 'mutually exclusive'],
    ['a comparison with a threshold', { ComparisonOperator: 'LessThanThreshold' }, 'with ThresholdMetricId'],
    ['another id', { ThresholdMetricId: 'm' }, 'must be the id of an ANOMALY_DETECTION_BAND'],
  ])('is refused with %s', async (_, changes, message) => {
    await expect(put({ ...band, ...changes })).rejects.toThrow(message)
  })
})

test.each<[string, Partial<PutMetricAlarmCommandInput>, string]>([
  ['a comparison with a band', { ComparisonOperator: 'LessThanLowerThreshold' }, 'without ThresholdMetricId'],
  [
    'an unknown answer to few values',
    { EvaluateLowSampleCountPercentile: 'maybe' },
    'Option maybe is not supported. Supported options for parameter EvaluateLowSampleCountPercentile are evaluate and ignore.',
  ],
  ['an action that is no ARN', { AlarmActions: ['topic'] }, 'Invalid arn syntax: topic'],
  [
    'six actions',
    { OKActions: Array<string>(6).fill('arn:aws:sns:eu-west-1:1:t') },
    'less than or equal to 5',
  ],
])('PutMetricAlarm refuses %s', async (_, changes, message) => {
  await expect(put({ ...alarm, ...changes })).rejects.toThrow(message)
})

describe('PutMetricAlarm refuses', () => {
  test.each<[string, Partial<PutMetricAlarmCommandInput>, string]>([
    ['a period of 45 s', { Period: 45 }, 'multiple of 60'],
    ['more points than periods', { DatapointsToAlarm: 2 }, 'between 1 and EvaluationPeriods (1)'],
    ['no statistic', { Statistic: undefined }, 'Statistic and ExtendedStatistic'],
    ['two statistics', { ExtendedStatistic: 'p99' }, 'Statistic and ExtendedStatistic'],
    [
      'an unknown treatment',
      { TreatMissingData: 'fine' },
      'The value fine is not supported for TreatMissingData',
    ],
    [
      'an unknown comparison',
      { ComparisonOperator: 'Near' as 'LessThanThreshold' },
      "Value 'Near' at 'comparisonOperator'",
    ],
    ['more than a day', { Period: 60, EvaluationPeriods: 1441 }, 'must be <= 86400'],
    [
      'a metric beside Metrics',
      { Metrics: [{ Id: 'a', Expression: '1' }] },
      'MetricName should not be set if list of Metrics is set',
    ],
  ])('%s', async (_, changes, message) => {
    await expect(put({ ...errors, ...changes })).rejects.toThrow(message)
    const { MetricAlarms } = await cloudWatch.client.send(
      new DescribeAlarmsCommand({ AlarmNames: ['errors'] }),
    )
    expect(MetricAlarms).toEqual([])
  })

  test.each(['Threshold', 'MetricName', 'Period'] as const)('no %s', async (name) => {
    await expect(put({ ...errors, [name]: undefined })).rejects.toThrow(`${name} must not be null`)
  })
})

test('an alarm on PromQL is told to be absent', async () => {
  const EvaluationCriteria = { PromQLCriteria: { Query: 'up' } }
  await expect(put({ AlarmName: 'prom', EvaluationCriteria })).rejects.toMatchObject({
    name: 'NotImplemented',
    $metadata: { httpStatusCode: 501 },
  })
})

test('composite alarms are found by their children, and these by their parents', async () => {
  await put({ ...alarm, AlarmName: 'child' })
  await put({ ...alarm, AlarmName: 'stranger' })
  const composite = new PutCompositeAlarmCommand({ AlarmName: 'parent', AlarmRule: 'ALARM(child)' })
  await cloudWatch.client.send(composite)
  const children = await cloudWatch.client.send(new DescribeAlarmsCommand({ ChildrenOfAlarmName: 'parent' }))
  expect(children.MetricAlarms?.map(({ AlarmName }) => AlarmName)).toEqual(['child'])
  const parents = await cloudWatch.client.send(
    new DescribeAlarmsCommand({ ParentsOfAlarmName: 'child', AlarmTypes: ['CompositeAlarm'] }),
  )
  expect(parents.CompositeAlarms?.map(({ AlarmName }) => AlarmName)).toEqual(['parent'])
})

test('SetAlarmState takes only JSON as the data of its reason', async () => {
  await put(alarm)
  const state = { AlarmName: 'slow', StateValue: 'OK' as const, StateReason: 'x', StateReasonData: '{half' }
  await expect(cloudWatch.client.send(new SetAlarmStateCommand(state))).rejects.toMatchObject({
    name: 'InvalidFormatFault',
  })
})

describe('tags', () => {
  const tagsOf = async (name: string) => {
    const { Tags } = await cloudWatch.client.send(new ListTagsForResourceCommand({ ResourceARN: arn(name) }))
    return Tags
  }

  test('come with a new alarm, and can be added and removed', async () => {
    const Tags = [
      { Key: 'team', Value: 'shop' },
      { Key: 'stage', Value: 'prod' },
    ]
    await put({ ...alarm, AlarmName: 'tagged', Tags })
    expect(await tagsOf('tagged')).toEqual(Tags)
    await put({ ...alarm, AlarmName: 'tagged', Tags: [{ Key: 'late', Value: 'x' }] })
    expect(await tagsOf('tagged')).toEqual(Tags)
    const ResourceARN = arn('tagged')
    const more = [{ Key: 'stage', Value: 'test' }]
    await cloudWatch.client.send(new TagResourceCommand({ ResourceARN, Tags: more }))
    await cloudWatch.client.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['team'] }))
    expect(await tagsOf('tagged')).toEqual(more)
  })

  test('of an alarm that does not exist are refused', async () => {
    await expect(tagsOf('nobody')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })
})
