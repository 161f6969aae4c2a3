import type { MetricAlarm } from '@aws-sdk/client-cloudwatch'
import { expect, test } from 'vitest'
import { toRequest, toWholeAlarm } from '../../../src/aws/cloudwatch/whole-alarm.ts'
import { propertiesOf } from '../../../src/operation/alarms/properties.ts'

const common = {
  AlarmName: 'shop-live-p99',
  AlarmDescription: 'slow',
  ActionsEnabled: false,
  OKActions: ['arn:ok'],
  AlarmActions: ['arn:alarm'],
  InsufficientDataActions: ['arn:no-data'],
  EvaluationPeriods: 3,
  DatapointsToAlarm: 2,
  TreatMissingData: 'ignore',
} satisfies MetricAlarm
const Dimensions = [{ Name: 'FunctionName', Value: 'shop' }]
const flat = {
  ...common,
  Namespace: 'AWS/Lambda',
  MetricName: 'Duration',
  Dimensions,
  Unit: 'Milliseconds',
  Period: 60,
  Threshold: 2000,
  ComparisonOperator: 'GreaterThanThreshold',
} satisfies MetricAlarm
const Metric = { Namespace: 'AWS/Lambda', MetricName: 'Duration', Dimensions }

test.each<[string, MetricAlarm]>([
  ['a percentile', { ...flat, ExtendedStatistic: 'p99', EvaluateLowSampleCountPercentile: 'ignore' }],
  ['a trimmed mean', { ...flat, ExtendedStatistic: 'tm90' }],
  ['a simple statistic', { ...flat, Statistic: 'Maximum' }],
  [
    'a band',
    {
      ...common,
      Metrics: [
        {
          Id: 'm',
          ReturnData: true,
          AccountId: '123456789012',
          MetricStat: { Metric, Period: 60, Stat: 'Average', Unit: 'Milliseconds' },
        },
        {
          Id: 'band',
          Label: 'usual',
          ReturnData: true,
          Expression: 'ANOMALY_DETECTION_BAND(m, 2)',
          Period: 60,
        },
      ],
      ThresholdMetricId: 'band',
      ComparisonOperator: 'GreaterThanUpperThreshold',
    },
  ],
  [
    'one metric of another account',
    {
      ...common,
      Metrics: [
        {
          Id: 'm',
          ReturnData: true,
          AccountId: '123456789012',
          MetricStat: { Metric, Period: 60, Stat: 'Sum' },
        },
      ],
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
    },
  ],
])('no part of an alarm is lost on the way to its undo or its request: %s', (_, alarm) => {
  const whole = toWholeAlarm(alarm)
  expect(propertiesOf(whole)).toEqual(alarm)
  expect(toRequest(whole, {})).toEqual({ ...alarm, Tags: [] })
})
