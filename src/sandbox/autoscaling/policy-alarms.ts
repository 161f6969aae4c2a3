import { randomUUID } from 'node:crypto'
import type { Alarm } from '@aws-sdk/client-application-auto-scaling'
import type { DescribeAlarmsOutput, GetMetricDataOutput } from '@aws-sdk/client-cloudwatch'
import { partitionOf } from '../../function/values/partition.ts'
import { ServiceError } from '../protocol/service-error.ts'
import type { Policy, Scalings, Target } from './records.ts'
import { alarmNames, alarmsOf, periodSeconds, queriesOf } from './tracked-metric.ts'

/** Makes the alarms of a policy, and takes away those that it no longer has. @throws ServiceError */
export async function putAlarms(
  scalings: Scalings,
  policy: Policy,
  target: Target,
  known: Policy | undefined,
): Promise<void> {
  const names = namesOf(policy, target)
  const obsolete = known ? namesOf(known, target).filter((name) => !names.includes(name)) : []
  await deleteAlarms(scalings, target, obsolete)
  const tracking = policy.configuration.TargetTrackingScalingPolicyConfiguration
  if (!tracking) return
  for (const alarm of alarmsOf(policy, tracking, target)) await run(scalings, target, 'PutMetricAlarm', alarm)
}

export async function removeAlarms(scalings: Scalings, policy: Policy, target: Target): Promise<void> {
  await deleteAlarms(scalings, target, namesOf(policy, target))
}

/** An alarm that somebody has deleted before is no error. */
async function deleteAlarms(scalings: Scalings, target: Target, names: readonly string[]): Promise<void> {
  for (const name of names) {
    try {
      await run(scalings, target, 'DeleteAlarms', { AlarmNames: [name] })
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
    }
  }
}

/** The alarms of a policy, as answers name them. */
export function namedAlarms(policy: Policy, target: Target): Alarm[] {
  const { region, account } = target
  return namesOf(policy, target).map((AlarmName) => ({
    AlarmName,
    AlarmARN: `arn:${partitionOf(region)}:cloudwatch:${region}:${account}:alarm:${AlarmName}`,
  }))
}

function namesOf(policy: Policy, target: Target): string[] {
  if (!policy.configuration.TargetTrackingScalingPolicyConfiguration) return []
  const { high, low } = alarmNames(policy, target)
  return low === undefined ? [high] : [high, low]
}

/** The names of those alarms of a policy that fire now. */
export async function firingAlarms(scalings: Scalings, policy: Policy, target: Target): Promise<string[]> {
  const AlarmNames = namesOf(policy, target)
  const asked = { AlarmNames, StateValue: 'ALARM' }
  const { MetricAlarms = [] } = (await run(scalings, target, 'DescribeAlarms', asked)) as DescribeAlarmsOutput
  return MetricAlarms.filter(({ ActionsEnabled }) => ActionsEnabled).map(({ AlarmName = '' }) => AlarmName)
}

/** The value of the metric of a policy in the newest whole minute that has one. */
export async function newestValue(
  scalings: Scalings,
  policy: Policy,
  target: Target,
): Promise<number | undefined> {
  const tracking = policy.configuration.TargetTrackingScalingPolicyConfiguration
  if (!tracking) return undefined
  const period = periodSeconds * 1000
  const EndTime = new Date(Math.floor(scalings.clock() / period) * period)
  const { MetricDataResults = [] } = (await run(scalings, target, 'GetMetricData', {
    MetricDataQueries: queriesOf(tracking, target),
    StartTime: new Date(EndTime.getTime() - 15 * period),
    EndTime,
    ScanBy: 'TimestampDescending',
  })) as GetMetricDataOutput
  return MetricDataResults[0]?.Values?.[0]
}

async function run(
  { cloudWatch }: Scalings,
  { region, account }: Target,
  operation: string,
  input: object,
): Promise<object> {
  const call = { region, account, requestId: randomUUID(), host: '' }
  return (await cloudWatch()[operation]?.(input as never, call)) ?? {}
}
