import type { CompositeAlarm, MetricAlarm } from '@aws-sdk/client-cloudwatch'
import type { Alarms } from '../ports/alarms.ts'
import type { AlarmState } from '../release/observed.ts'
import type { CloudWatchApi } from './cloudwatch-api.ts'
import { attempt } from './errors.ts'

/** CloudWatch takes at most 100 names a call. */
const namesPerCall = 100

/** Alarms over the CloudWatch API. */
export function cloudWatchAlarms(api: CloudWatchApi): Alarms {
  return {
    async describe(names) {
      const { client, DescribeAlarmsCommand } = await api()
      const found: AlarmState[] = []
      for (let start = 0; start < names.length; start += namesPerCall) {
        const AlarmNames = names.slice(start, start + namesPerCall)
        // Composite alarms are left out unless both types are asked for.
        const answer = await attempt(`read the alarms ${AlarmNames.join(', ')}`, () =>
          client.send(
            new DescribeAlarmsCommand({
              AlarmNames,
              AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
              MaxRecords: 100,
            }),
          ),
        )
        found.push(
          ...(answer.MetricAlarms ?? []).map(toMetricState),
          ...(answer.CompositeAlarms ?? []).map(toState),
        )
      }
      return found
    },
  }
}

function toState(alarm: MetricAlarm | CompositeAlarm): AlarmState {
  return {
    name: alarm.AlarmName ?? '',
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
  return {
    ...toState(alarm),
    metric: { namespace: alarm.Namespace ?? '', name: alarm.MetricName, dimensions },
  }
}
