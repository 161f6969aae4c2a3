import {
  DeleteAlarmsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  type DescribeAlarmsCommandInput,
  type MetricAlarm,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type RunningCloudWatch, runCloudWatch } from './running-cloudwatch.ts'

let cloudWatch: RunningCloudWatch
beforeEach(async () => {
  cloudWatch = await runCloudWatch('2026-11-21T10:05:30Z')
})
afterEach(() => cloudWatch.close())

const errors: PutMetricAlarmCommandInput = {
  AlarmName: 'errors',
  Namespace: 'AWS/Lambda',
  MetricName: 'Errors',
  Dimensions: [{ Name: 'FunctionName', Value: 'shop' }],
  Statistic: 'Sum',
  Period: 10,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
}

const put = (changes: Partial<PutMetricAlarmCommandInput> = {}) =>
  cloudWatch.client.send(new PutMetricAlarmCommand({ ...errors, ...changes }))

const describeAlarms = (input: DescribeAlarmsCommandInput = {}) =>
  cloudWatch.client.send(new DescribeAlarmsCommand(input))

async function alarm(name = 'errors'): Promise<MetricAlarm> {
  const { MetricAlarms } = await describeAlarms({ AlarmNames: [name] })
  const found = MetricAlarms?.[0]
  if (!found) throw new Error(`there is no alarm ${name}`)
  return found
}

const setAlarm = (AlarmName: string) =>
  cloudWatch.client.send(
    new SetAlarmStateCommand({ AlarmName, StateValue: 'ALARM', StateReason: 'trying the gate' }),
  )

const putComposite = (AlarmName: string, AlarmRule: string) =>
  cloudWatch.client.send(new PutCompositeAlarmCommand({ AlarmName, AlarmRule }))

const deleteAlarms = (...AlarmNames: string[]) =>
  cloudWatch.client.send(new DeleteAlarmsCommand({ AlarmNames }))

/** Alarms are evaluated each second. */
const untilState = (state: string, name = 'errors') =>
  vi.waitFor(async () => expect((await alarm(name)).StateValue).toBe(state), { timeout: 5000, interval: 50 })

function record(name: string, value: number): void {
  const dimensions = { FunctionName: 'shop' }
  cloudWatch.sink.record('eu-west-1', [
    { namespace: 'AWS/Lambda', name, dimensions, value, unit: 'Count', timestamp: cloudWatch.clock.now },
  ])
}

describe('a new alarm', () => {
  test('starts with insufficient data', async () => {
    await put({ EvaluationPeriods: 3, DatapointsToAlarm: 2 })
    expect(await alarm()).toMatchObject({
      AlarmArn: 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:errors',
      StateValue: 'INSUFFICIENT_DATA',
      StateReason: 'Unchecked: Initial alarm creation',
      ActionsEnabled: true,
      AlarmActions: [],
      DatapointsToAlarm: 2,
      Dimensions: errors.Dimensions,
      StateTransitionedTimestamp: new Date(cloudWatch.clock.now),
    })
    // AWS shows no value that the request left out.
    expect(await alarm()).not.toHaveProperty('TreatMissingData')
  })

  test('fires in the open period, says why, and clears when the data does', async () => {
    await put()
    record('Errors', 3)
    await untilState('ALARM')
    const fired = await alarm()
    expect(fired.StateReason).toBe(
      'Threshold Crossed: 1 datapoint [3.0 (21/11/26 10:05:30)] was greater than or equal to the threshold (1.0).',
    )
    expect(JSON.parse(fired.StateReasonData ?? '')).toMatchObject({
      statistic: 'Sum',
      period: 10,
      recentDatapoints: [3],
      threshold: 1,
      evaluatedDatapoints: [{ timestamp: '2026-11-21T10:05:30.000+0000', sampleCount: 1, value: 3 }],
    })
    cloudWatch.clock.now += 10_000
    record('Errors', 0)
    cloudWatch.clock.now += 10_000
    await untilState('OK')
  })

  test('keeps its state when it is put again', async () => {
    await put()
    record('Errors', 3)
    await untilState('ALARM')
    await put({ Threshold: 2 })
    expect(await alarm()).toMatchObject({ StateValue: 'ALARM', Threshold: 2 })
  })
})

test('an alarm on an expression waits for the whole period, then fires on the rate', async () => {
  const metric = (Id: string, MetricName: string) => ({
    Id,
    ReturnData: false,
    MetricStat: {
      Metric: { Namespace: 'AWS/Lambda', MetricName, Dimensions: errors.Dimensions },
      Period: 10,
      Stat: 'Sum',
    },
  })
  const { EvaluationPeriods, ComparisonOperator } = errors
  await cloudWatch.client.send(
    new PutMetricAlarmCommand({
      AlarmName: 'rate',
      EvaluationPeriods,
      ComparisonOperator,
      Threshold: 5,
      TreatMissingData: 'notBreaching',
      Metrics: [
        { Id: 'rate', Expression: '100 * errors / invocations' },
        metric('errors', 'Errors'),
        metric('invocations', 'Invocations'),
      ],
    }),
  )
  record('Errors', 1)
  record('Invocations', 10)
  await untilState('OK', 'rate')
  cloudWatch.clock.now += 10_000
  await untilState('ALARM', 'rate')
  expect((await alarm('rate')).StateReason).toContain('[10.0 (21/11/26 10:05:30)]')
})

test('an alarm on a percentile may wait for enough values', async () => {
  const percentile = {
    MetricName: 'Duration',
    Statistic: undefined,
    ExtendedStatistic: 'p90',
    ComparisonOperator: 'GreaterThanThreshold' as const,
  }
  await put({ ...percentile, AlarmName: 'patient', EvaluateLowSampleCountPercentile: 'ignore' })
  await put({ ...percentile, AlarmName: 'hasty', EvaluateLowSampleCountPercentile: 'evaluate' })
  for (let value = 0; value < 99; value += 1) record('Duration', 50)
  cloudWatch.clock.now += 10_000
  await untilState('ALARM', 'hasty')
  expect((await alarm('patient')).StateValue).toBe('INSUFFICIENT_DATA')
  cloudWatch.clock.now -= 10_000
  record('Duration', 50)
  cloudWatch.clock.now += 10_000
  await untilState('ALARM', 'patient')
})

describe('SetAlarmState', () => {
  test('holds until the alarm would be evaluated next, then the data decides', async () => {
    await put({ TreatMissingData: 'notBreaching' })
    await untilState('OK')
    await setAlarm('errors')
    await put({ AlarmName: 'witness', TreatMissingData: 'notBreaching' })
    await untilState('OK', 'witness')
    expect(await alarm()).toMatchObject({ StateValue: 'ALARM', StateReason: 'trying the gate' })
    cloudWatch.clock.now += 10_000
    await untilState('OK')
  })

  test('is in the history, with the state before', async () => {
    await put({ EvaluationPeriods: 2 })
    await setAlarm('errors')
    const { AlarmHistoryItems } = await cloudWatch.client.send(
      new DescribeAlarmHistoryCommand({ AlarmName: 'errors', HistoryItemType: 'StateUpdate' }),
    )
    expect(AlarmHistoryItems?.[0]).toMatchObject({
      AlarmName: 'errors',
      AlarmType: 'MetricAlarm',
      HistorySummary: 'Alarm updated from INSUFFICIENT_DATA to ALARM',
    })
    expect(JSON.parse(AlarmHistoryItems?.[0]?.HistoryData ?? '')).toMatchObject({
      oldState: { stateValue: 'INSUFFICIENT_DATA' },
      newState: { stateValue: 'ALARM', stateReason: 'trying the gate' },
    })
  })

  test('of an unknown alarm is refused', async () => {
    await expect(setAlarm('nobody')).rejects.toMatchObject({ name: 'ResourceNotFound' })
  })
})

describe('DescribeAlarms', () => {
  test('leaves unknown names out', async () => {
    await put()
    const { MetricAlarms } = await describeAlarms({ AlarmNames: ['nobody', 'errors'] })
    expect(MetricAlarms?.map(({ AlarmName }) => AlarmName)).toEqual(['errors'])
  })

  test('shows composite alarms only where AlarmTypes asks for them', async () => {
    await put()
    await putComposite('both', 'ALARM("errors")')
    expect((await describeAlarms({ AlarmNames: ['both'] })).CompositeAlarms).toEqual([])
    const all = await describeAlarms({ AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] })
    expect(all.MetricAlarms).toMatchObject([{ AlarmName: 'errors' }])
    expect(all.CompositeAlarms).toMatchObject([{ AlarmName: 'both', AlarmRule: 'ALARM("errors")' }])
  })

  test('filters by prefix and state', async () => {
    await put({ AlarmName: 'shop-errors' })
    await put({ AlarmName: 'shop-throttles' })
    await put({ AlarmName: 'other' })
    const state = { StateValue: 'ALARM' as const, StateReason: 'test' }
    await cloudWatch.client.send(new SetAlarmStateCommand({ AlarmName: 'shop-throttles', ...state }))
    const { MetricAlarms } = await describeAlarms({ AlarmNamePrefix: 'shop-', StateValue: 'ALARM' })
    expect(MetricAlarms?.map(({ AlarmName }) => AlarmName)).toEqual(['shop-throttles'])
  })

  test('pages by MaxRecords', async () => {
    for (const AlarmName of ['c', 'a', 'b']) await put({ AlarmName })
    const first = await describeAlarms({ MaxRecords: 2 })
    const second = await describeAlarms({ MaxRecords: 2, NextToken: first.NextToken })
    const names = [first, second].map(({ MetricAlarms }) => MetricAlarms?.map(({ AlarmName }) => AlarmName))
    expect(names).toEqual([['a', 'b'], ['c']])
    expect(second.NextToken).toBeUndefined()
  })

  test('takes at most 100 names', async () => {
    const AlarmNames = Array.from({ length: 101 }, (_, index) => `alarm-${index}`)
    await expect(describeAlarms({ AlarmNames })).rejects.toThrow('less than or equal to 100')
  })

  test('a composite alarm follows the alarms of its rule', async () => {
    await put()
    await putComposite('either', 'ALARM(errors) OR FALSE')
    record('Errors', 1)
    await vi.waitFor(
      async () => {
        const { CompositeAlarms } = await describeAlarms({ AlarmTypes: ['CompositeAlarm'] })
        expect(CompositeAlarms?.[0]?.StateValue).toBe('ALARM')
        expect(CompositeAlarms?.[0]?.StateReason).toMatch(
          /:either was created and|:errors transitioned to ALARM at Saturday 21 November, 2026/,
        )
      },
      { timeout: 5000, interval: 50 },
    )
  })

  test('a composite alarm over an alarm that does not exist is refused', async () => {
    await expect(putComposite('either', 'ALARM(nobody)')).rejects.toThrow(
      'alarms [nobody] in the alarm rule do not exist',
    )
  })
})

describe('DeleteAlarms', () => {
  test('deletes those that exist, and tells which do not', async () => {
    await put()
    await put({ AlarmName: 'other' })
    await expect(deleteAlarms('errors', 'nobody')).rejects.toMatchObject({
      name: 'ResourceNotFound',
      message: 'Unknown alarm: nobody',
    })
    expect((await describeAlarms()).MetricAlarms).toMatchObject([{ AlarmName: 'other' }])
    await deleteAlarms('other')
    expect((await describeAlarms()).MetricAlarms).toEqual([])
  })

  test('takes one composite alarm at a time', async () => {
    await put()
    await putComposite('one', 'ALARM(errors)')
    await putComposite('two', 'ALARM(errors)')
    await expect(deleteAlarms('one', 'two')).rejects.toThrow('Only one composite alarm')
  })

  test('keeps an alarm that a composite alarm needs', async () => {
    await put()
    await cloudWatch.client.send(
      new PutCompositeAlarmCommand({ AlarmName: 'any', AlarmRule: 'ALARM(errors)' }),
    )
    await expect(deleteAlarms('errors')).rejects.toThrow('there are composite alarm(s) depending on it')
  })
})
