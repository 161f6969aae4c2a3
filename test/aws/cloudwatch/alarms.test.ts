import { PutCompositeAlarmCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { connection } from '../../../src/aws/client/connection.ts'
import { cloudWatchAlarms } from '../../../src/aws/cloudwatch/alarms.ts'
import { cloudWatchApi } from '../../../src/aws/cloudwatch/api.ts'
import type { Alarms } from '../../../src/ports/alarms.ts'
import { runCloudWatch } from '../../sandbox/cloudwatch/running-cloudwatch.ts'
import { fakeClock } from '../../workflows/fake-clock.ts'
import { scripted } from '../scripted.ts'

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test')
})
afterEach(() => {
  vi.unstubAllEnvs()
})

function alarmsAt(endpoint: string): Alarms {
  const options = { region: 'eu-west-1', endpoint, profile: undefined }
  return cloudWatchAlarms(cloudWatchApi(connection(options, fakeClock(0))))
}

const numbered = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(3, '0')}`)

describe('of more alarms than a page holds', () => {
  test('all are found: metric and composite ones, by name and by prefix', async () => {
    const running = await runCloudWatch('2026-11-21T10:00:00Z')
    onTestFinished(() => running.close())
    const { client, endpoint } = running
    const metric = {
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: 'shop' }],
      Statistic: 'Sum' as const,
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold' as const,
    }
    const ours = numbered('shop-', 230)
    for (const AlarmName of [...ours, 'other'])
      await client.send(new PutMetricAlarmCommand({ ...metric, AlarmName }))
    await client.send(new PutCompositeAlarmCommand({ AlarmName: 'shop-all', AlarmRule: 'ALARM("shop-000")' }))
    const alarms = alarmsAt(endpoint)
    const all = [...ours, 'shop-all'].toSorted()
    const names = (found: { name: string }[]) => found.map(({ name }) => name).toSorted()

    expect(names(await alarms.describe([], ['shop-']))).toEqual(all)
    expect(names(await alarms.describe([...all, ...all, 'gone']))).toEqual(all)
    expect(names(await alarms.describe(['other', 'shop-007'], ['shop-00', 'shop-000']))).toEqual([
      'other',
      ...numbered('shop-', 10),
    ])
    expect(await alarms.describe(['shop-000'])).toEqual([
      {
        name: 'shop-000',
        arn: 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:shop-000',
        condition: 'INSUFFICIENT_DATA',
        reason: 'Unchecked: Initial alarm creation',
        since: Date.parse('2026-11-21T10:00:00Z'),
        metric: {
          namespace: 'AWS/Lambda',
          name: 'Errors',
          dimensions: { FunctionName: 'shop' },
          statistic: 'Sum',
          periodMs: 60_000,
        },
        limit: { threshold: 1, comparison: 'GreaterThanThreshold' },
      },
    ])
  })
})

test('no call asks for more than 100 names, and every page of each is read', async () => {
  const names = numbered('a', 101)
  const one = (AlarmName: string) => ({ MetricAlarms: [{ AlarmName, StateValue: 'OK' }] })
  const { endpoint, asked } = await scripted([
    { ...one('a000'), NextToken: 'more' },
    // A page may be empty and still not be the last.
    { NextToken: 'most' },
    one('a001'),
    one('a100'),
    { ...one('b1'), NextToken: 'more' },
    one('b2'),
  ])
  const found = await alarmsAt(endpoint).describe(names, ['b'])
  expect(found.map(({ name }) => name)).toEqual(['a000', 'a001', 'a100', 'b1', 'b2'])
  const always = { AlarmTypes: ['MetricAlarm', 'CompositeAlarm'], MaxRecords: 100 }
  const first = { ...always, AlarmNames: names.slice(0, 100) }
  expect(asked).toEqual([
    first,
    { ...first, NextToken: 'more' },
    { ...first, NextToken: 'most' },
    { ...always, AlarmNames: ['a100'] },
    { ...always, AlarmNamePrefix: 'b' },
    { ...always, AlarmNamePrefix: 'b', NextToken: 'more' },
  ])
})

test('since when is the moment of the last transition, else of the last update, else unknown', async () => {
  const alarm = { AlarmName: 'errors', StateValue: 'ALARM' }
  const { endpoint } = await scripted([
    { MetricAlarms: [{ ...alarm, StateTransitionedTimestamp: 1000.25, StateUpdatedTimestamp: 2000 }] },
    { MetricAlarms: [{ ...alarm, StateUpdatedTimestamp: 2000 }] },
    { MetricAlarms: [alarm] },
  ])
  const since = async () => (await alarmsAt(endpoint).describe(['errors']))[0]?.since
  expect([await since(), await since(), await since()]).toEqual([1_000_250, 2_000_000, 0])
})

test('a refusal says what was tried', async () => {
  const { endpoint } = await scripted([])
  await expect(alarmsAt(endpoint.replace(/\d+$/, '1')).describe([], ['shop-'])).rejects.toMatchObject({
    code: 'UNREACHABLE',
    message: expect.stringContaining('Could not read the alarms whose names begin with shop-') as string,
  })
})
