import {
  DescribeAlarmHistoryCommand,
  DisableAlarmActionsCommand,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
  type StateValue,
} from '@aws-sdk/client-cloudwatch'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Caller } from '../../../src/sandbox/functions.ts'
import { type RunningCloudWatch, runCloudWatch } from './running-cloudwatch.ts'

const remedy = 'arn:aws:lambda:eu-west-1:123456789012:function:remedy:live'
const topic = 'arn:aws:sns:eu-west-1:123456789012:page'
let cloudWatch: RunningCloudWatch
let sent: { arn: string; event: object }[]
let callers: Caller[]
let isAllowed: boolean
beforeEach(async () => {
  sent = []
  callers = []
  isAllowed = true
  cloudWatch = await runCloudWatch('2026-11-21T10:05:30Z', {
    allows: async (_arn, caller) => {
      callers.push(caller)
      return isAllowed
    },
    send: async (arn, event) => {
      sent.push({ arn, event })
    },
  })
  await cloudWatch.client.send(
    new PutMetricAlarmCommand({
      AlarmName: 'errors',
      AlarmDescription: 'too many errors',
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: 'shop' }],
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      AlarmActions: [remedy, topic],
      OKActions: [topic],
    }),
  )
})
afterEach(() => cloudWatch.close())

const setState = (StateValue: StateValue, AlarmName = 'errors') =>
  cloudWatch.client.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'testing' }))

async function actions() {
  const { AlarmHistoryItems = [] } = await cloudWatch.client.send(
    new DescribeAlarmHistoryCommand({
      AlarmName: 'errors',
      HistoryItemType: 'Action',
      ScanBy: 'TimestampAscending',
    }),
  )
  return AlarmHistoryItems.map(({ HistorySummary = '', HistoryData = '' }) => ({
    summary: HistorySummary,
    data: JSON.parse(HistoryData) as Record<string, string>,
  }))
}

test('an alarm calls a function with its state before and now', async () => {
  await setState('ALARM')
  await vi.waitFor(() => expect(sent).toHaveLength(1))
  const alarmArn = 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:errors'
  expect(callers).toEqual([{ principals: ['lambda.alarms.cloudwatch.amazonaws.com'], sourceArn: alarmArn }])
  expect(sent).toEqual([
    {
      arn: remedy,
      event: {
        source: 'aws.cloudwatch',
        alarmArn,
        accountId: '123456789012',
        time: '2026-11-21T10:05:30.000+0000',
        region: 'eu-west-1',
        alarmData: {
          alarmName: 'errors',
          state: { value: 'ALARM', reason: 'testing', timestamp: '2026-11-21T10:05:30.000+0000' },
          previousState: {
            value: 'INSUFFICIENT_DATA',
            reason: 'Unchecked: Initial alarm creation',
            timestamp: '2026-11-21T10:05:30.000+0000',
          },
          configuration: {
            description: 'too many errors',
            metrics: [
              {
                id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
                metricStat: {
                  metric: { namespace: 'AWS/Lambda', name: 'Errors', dimensions: { FunctionName: 'shop' } },
                  period: 60,
                  stat: 'Sum',
                },
                returnData: true,
              },
            ],
          },
        },
      },
    },
  ])
})

test('the history keeps what ran, with the message to a topic', async () => {
  await setState('ALARM')
  await vi.waitFor(async () => expect(await actions()).toHaveLength(2))
  const [first, second] = (await actions()).toSorted((one, other) => (one.summary < other.summary ? -1 : 1))
  expect(first).toMatchObject({
    summary: `Successfully executed action ${remedy}`,
    data: { actionState: 'Succeeded', notificationResource: remedy },
  })
  expect(second?.summary).toBe(`Successfully executed action ${topic}`)
  const published = JSON.parse(second?.data['publishedMessage'] ?? '') as { default: string }
  expect(JSON.parse(published.default)).toMatchObject({
    AlarmName: 'errors',
    NewStateValue: 'ALARM',
    OldStateValue: 'INSUFFICIENT_DATA',
    Trigger: { Statistic: 'SUM', Dimensions: [{ name: 'FunctionName', value: 'shop' }] },
  })
})

test('a function whose policy does not allow it is not called, and the history says why', async () => {
  isAllowed = false
  await setState('ALARM')
  await vi.waitFor(async () => expect(await actions()).toHaveLength(2))
  expect(sent).toEqual([])
  expect((await actions()).map(({ summary }) => summary)).toContainEqual(
    `Failed to execute action ${remedy}. Received error: "CloudWatch Alarms is not authorized to perform: lambda:InvokeFunction on the resource because no resource-based policy allows the lambda:InvokeFunction action"`,
  )
})

test('nothing runs while the state stays, while actions are off, or while a suppressor fires', async () => {
  await cloudWatch.client.send(new DisableAlarmActionsCommand({ AlarmNames: ['errors'] }))
  await setState('ALARM')
  await setState('ALARM')
  expect(await actions()).toEqual([])
  const suppressed = {
    AlarmName: 'both',
    AlarmRule: 'ALARM(errors)',
    AlarmActions: [remedy],
    ActionsSuppressor: 'errors',
    ActionsSuppressorWaitPeriod: 0,
    ActionsSuppressorExtensionPeriod: 0,
  }
  await cloudWatch.client.send(new PutCompositeAlarmCommand(suppressed))
  await setState('ALARM', 'both')
  expect(callers).toEqual([])
  await cloudWatch.client.send(new PutCompositeAlarmCommand({ ...suppressed, ActionsSuppressor: undefined }))
  await setState('OK', 'both')
  await setState('ALARM', 'both')
  await vi.waitFor(() => expect(sent).toMatchObject([{ arn: remedy }]))
})
