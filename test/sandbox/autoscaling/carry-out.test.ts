import {
  ApplicationAutoScalingClient,
  DeregisterScalableTargetCommand,
  PutScalingPolicyCommand,
  type PutScalingPolicyCommandInput,
  PutScheduledActionCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling'
import { DescribeAlarmsCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { ListProvisionedConcurrencyConfigsCommand } from '@aws-sdk/client-lambda'
import { beforeAll, expect, test, vi } from 'vitest'
import { ForeignFunction } from '../../cli/adopted.ts'
import { clientSettings, useSandbox } from '../../cli/sandbox.ts'
import { answering } from '../../cli/service.ts'

/** A quarter of an hour takes less than a second. */
const sandbox = useSandbox(1000)
let client: ApplicationAutoScalingClient

beforeAll(() => {
  client = new ApplicationAutoScalingClient(clientSettings(sandbox().url))
})

/** A function with a version that is scaled between bounds. */
async function scaled(name: string, MinCapacity: number, MaxCapacity: number) {
  const made = new ForeignFunction(sandbox(), name)
  await made.create([{ name: 'index.mjs', content: answering('one') }], {})
  await made.publish()
  const target = {
    ServiceNamespace: 'lambda',
    ScalableDimension: 'lambda:function:ProvisionedConcurrency',
    ResourceId: `function:${name}:1`,
  } as const
  await client.send(new RegisterScalableTargetCommand({ ...target, MinCapacity, MaxCapacity }))
  return target
}

async function environments(name: string): Promise<number | undefined> {
  const listed = await sandbox().lambda.send(
    new ListProvisionedConcurrencyConfigsCommand({ FunctionName: name }),
  )
  return listed.ProvisionedConcurrencyConfigs?.[0]?.RequestedProvisionedConcurrentExecutions
}

/** The policy of one metric of the tests' own, whose value they set. */
const tracking = (
  own: object = {},
): Pick<
  PutScalingPolicyCommandInput,
  'PolicyName' | 'PolicyType' | 'TargetTrackingScalingPolicyConfiguration'
> => ({
  PolicyName: 'p',
  PolicyType: 'TargetTrackingScaling',
  TargetTrackingScalingPolicyConfiguration: {
    TargetValue: 0.5,
    CustomizedMetricSpecification: { Namespace: 'Shop', MetricName: 'Busy', Statistic: 'Average' },
    ...own,
  },
})

/** Publishes the metric again and again until the environments are as many, and a while longer. */
async function atValue(value: number, name: string, wanted: number): Promise<void> {
  await vi.waitFor(
    async () => {
      const MetricData = [{ MetricName: 'Busy', Value: value }]
      await sandbox().cloudWatch.send(new PutMetricDataCommand({ Namespace: 'Shop', MetricData }))
      expect(await environments(name)).toBe(wanted)
    },
    { timeout: 20_000, interval: 20 },
  )
}

test('target tracking adds and takes away environments by its metric, until the target is gone', async () => {
  const target = await scaled('tracked', 2, 9)
  const { Alarms = [] } = await client.send(new PutScalingPolicyCommand({ ...target, ...tracking() }))
  const AlarmNames = Alarms.map(({ AlarmName = '' }) => AlarmName)
  const { MetricAlarms = [] } = await sandbox().cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames }))
  expect(MetricAlarms).toMatchObject([
    { EvaluationPeriods: 3, Threshold: 0.5, ComparisonOperator: 'GreaterThanThreshold' },
    { EvaluationPeriods: 15, Threshold: 0.45, ComparisonOperator: 'LessThanThreshold' },
  ])
  // 2 → 4 → 8 → 9: its most.
  await atValue(1, 'tracked', 9)
  await atValue(0.3, 'tracked', 2)
  await client.send(new DeregisterScalableTargetCommand(target))
  const left = await sandbox().cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames }))
  expect(left.MetricAlarms).toEqual([])
})

test('a scheduled action moves the bounds, and one that is due takes environments away again', async () => {
  const target = await scaled('scheduled', 1, 9)
  const action = (ScheduledActionName: string, Schedule: string, bounds: object) =>
    client.send(
      new PutScheduledActionCommand({
        ...target,
        ScheduledActionName,
        Schedule,
        ScalableTargetAction: bounds,
      }),
    )
  await action('up', 'cron(0/30 * * * ? *)', { MinCapacity: 4 })
  await vi.waitFor(async () => expect(await environments('scheduled')).toBe(4), { timeout: 20_000 })
  await action('up', 'cron(0/30 * * * ? *)', { MinCapacity: 1, MaxCapacity: 2 })
  await vi.waitFor(async () => expect(await environments('scheduled')).toBe(2), { timeout: 20_000 })
})
