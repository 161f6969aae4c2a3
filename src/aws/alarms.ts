import type { CompositeAlarm, DescribeAlarmsCommandInput, MetricAlarm } from '@aws-sdk/client-cloudwatch'
import type { Alarms } from '../ports/alarms.ts'
import type { AlarmState } from '../release/observed.ts'
import type { CloudWatchApi } from './cloudwatch-api.ts'
import { attempt } from './errors.ts'

/** CloudWatch takes at most 100 names a call, and gives at most 100 alarms. */
const mostPerCall = 100

/**
 * Alarms over the CloudWatch API.
 *
 * @param onAlarm is told each alarm that is read
 */
export function cloudWatchAlarms(api: CloudWatchApi, onAlarm?: (alarm: AlarmState) => void): Alarms {
  return {
    async describe(names, prefixes = []) {
      const found = new Map<string, AlarmState>()
      for (const AlarmNames of batches([...new Set(names)])) {
        const action = `read the alarms ${AlarmNames.join(', ')}`
        for (const alarm of await read(api, action, { AlarmNames })) found.set(alarm.name, alarm)
      }
      for (const AlarmNamePrefix of new Set(prefixes)) {
        const action = `read the alarms whose names begin with ${AlarmNamePrefix}`
        for (const alarm of await read(api, action, { AlarmNamePrefix })) found.set(alarm.name, alarm)
      }
      for (const alarm of found.values()) onAlarm?.(alarm)
      return [...found.values()]
    },
  }
}

function batches(names: readonly string[]): string[][] {
  const count = Math.ceil(names.length / mostPerCall)
  return Array.from({ length: count }, (_, index) =>
    names.slice(index * mostPerCall, (index + 1) * mostPerCall),
  )
}

/** All pages of what a request selects. */
async function read(
  api: CloudWatchApi,
  action: string,
  selection: Pick<DescribeAlarmsCommandInput, 'AlarmNames' | 'AlarmNamePrefix'>,
): Promise<AlarmState[]> {
  const { client, paginateDescribeAlarms } = await api()
  const found: AlarmState[] = []
  await attempt(action, async () => {
    // Composite alarms are left out unless both types are asked for.
    const request = { ...selection, AlarmTypes: ['MetricAlarm' as const, 'CompositeAlarm' as const] }
    for await (const page of paginateDescribeAlarms({ client, pageSize: mostPerCall }, request)) {
      const { MetricAlarms = [], CompositeAlarms = [] } = page
      found.push(...MetricAlarms.map(toMetricState), ...CompositeAlarms.map(toState))
    }
  })
  return found
}

/**
 * `since` tells by changing that an alarm recovered meanwhile. StateTransitionedTimestamp does just that. One of AWS's
 * likes that leaves it out has only StateUpdatedTimestamp, which also changes while the state stays: there an excused
 * alarm counts again too early, which is the safe side.
 */
function toState(alarm: MetricAlarm | CompositeAlarm): AlarmState {
  return {
    name: alarm.AlarmName ?? '',
    arn: alarm.AlarmArn ?? '',
    condition: alarm.StateValue ?? 'INSUFFICIENT_DATA',
    reason: alarm.StateReason ?? '',
    since: (alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp ?? new Date(0)).getTime(),
  }
}

function toMetricState(alarm: MetricAlarm): AlarmState {
  if (!alarm.MetricName) return toState(alarm)
  const dimensions = Object.fromEntries(
    (alarm.Dimensions ?? []).map(({ Name, Value }) => [Name ?? '', Value ?? '']),
  )
  const statistic = alarm.Statistic ?? alarm.ExtendedStatistic
  return {
    ...toState(alarm),
    metric: {
      namespace: alarm.Namespace ?? '',
      name: alarm.MetricName,
      dimensions,
      ...(statistic === undefined ? {} : { statistic }),
      ...(alarm.Period === undefined ? {} : { periodMs: alarm.Period * 1000 }),
    },
  }
}
