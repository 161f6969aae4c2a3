import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type Closers, closeAll } from '../../../src/sandbox/closers.ts'
import { cloudWatchService } from '../../../src/sandbox/cloudwatch/service.ts'
import { logsService } from '../../../src/sandbox/logs/service.ts'
import type { Call, Operations } from '../../../src/sandbox/protocol/service.ts'
import { claimState } from '../../../src/sandbox/state/claim.ts'
import { followRows } from './rows.ts'

const call: Call = { account: '123456789012', region: 'eu-west-1', requestId: 'r', host: 'h' }
const runner = (operations: Operations) => async (name: string, input: object) =>
  (await operations[name]?.(input as never, call)) ?? {}

test('the settings, the tags and the filters of a log group outlive the sandbox', async () => {
  const clock = () => Date.parse('2026-11-21T10:00:00Z')
  const before = logsService({ clock })
  const rows = followRows(before.persistent)
  const run = runner(before.service.operations)
  const logGroupName = 'shop'
  await run('CreateLogGroup', { logGroupName, kmsKeyId: 'arn:aws:kms:key', tags: { team: 'shop' } })
  await run('PutRetentionPolicy', { logGroupName, retentionInDays: 14 })
  await run('DeleteRetentionPolicy', { logGroupName })
  const metricTransformations = [{ metricName: 'Errors', metricNamespace: 'Shop', metricValue: '1' }]
  await run('PutMetricFilter', {
    logGroupName,
    filterName: 'f',
    filterPattern: 'ERROR',
    metricTransformations,
  })
  const recorded: number[] = []
  const after = logsService({
    clock,
    metrics: { record: (_region, data) => recorded.push(...data.map(({ value }) => value)) },
  })
  rows.restore(after.persistent)
  const again = runner(after.service.operations)
  expect(await again('DescribeLogGroups', {})).toMatchObject({
    logGroups: [{ logGroupName, kmsKeyId: 'arn:aws:kms:key', metricFilterCount: 1 }],
  })
  expect(await again('ListTagsLogGroup', { logGroupName })).toEqual({ tags: { team: 'shop' } })
  after.sink.write('eu-west-1', logGroupName, 's', [{ timestamp: clock(), message: 'ERROR' }])
  expect(recorded).toEqual([1])
})

test('the units of a metric and the tags of an alarm outlive the sandbox', async () => {
  const clock = () => Date.parse('2026-11-21T10:05:30Z')
  const before = cloudWatchService({ clock })
  const after = cloudWatchService({ clock })
  onTestFinished(() => {
    before.close()
    after.close()
  })
  const directory = await mkdtemp(path.join(tmpdir(), 'watched-'))
  const closers: Closers = []
  onTestFinished(async () => {
    await closeAll(closers)
    await rm(directory, { recursive: true })
  })
  const { keeper } = await claimState(directory, closers)
  keeper.restore(before.persistent)
  const run = runner(before.service.operations)
  const Timestamp = new Date('2026-11-21T10:01:00Z')
  const MetricData = ['Seconds', 'Count'].map((Unit) => ({ MetricName: 'm', Value: 1, Unit, Timestamp }))
  await run('PutMetricData', { Namespace: 'Shop', MetricData })
  await run('PutMetricAlarm', {
    AlarmName: 'a',
    Namespace: 'Shop',
    MetricName: 'm',
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanThreshold',
    Tags: [{ Key: 'team', Value: 'shop' }],
  })
  await closeAll(closers.splice(0))
  const next = await claimState(directory, closers)
  next.keeper.restore(after.persistent)
  const again = runner(after.service.operations)
  const statistics = {
    Namespace: 'Shop',
    MetricName: 'm',
    Period: 60,
    Statistics: ['Sum'],
    StartTime: new Date('2026-11-21T10:00:00Z'),
    EndTime: new Date('2026-11-21T10:05:00Z'),
  }
  expect(await again('GetMetricStatistics', statistics)).toMatchObject({
    Datapoints: [{ Unit: 'Count' }, { Unit: 'Seconds' }],
  })
  const ResourceARN = 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:a'
  expect(await again('ListTagsForResource', { ResourceARN })).toEqual({
    Tags: [{ Key: 'team', Value: 'shop' }],
  })
})
