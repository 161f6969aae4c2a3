import type {
  CompositeAlarm,
  DescribeAlarmsCommandInput,
  DescribeAlarmsCommandOutput,
  MetricAlarm,
} from '@aws-sdk/client-cloudwatch'
import type { AlarmDefinition, Alarms } from '../../ports/alarms.ts'
import type { AlarmState } from '../../release/values/observed.ts'
import type { CloudWatchApi } from './api.ts'
import { metricOf, seriesOf } from './whole-alarm.ts'

/** CloudWatch accepts at most 100 names in a call, and returns at most 100 alarms. */
const mostPerCall = 100

/**
 * Alarms over the CloudWatch API.
 *
 * @param onAlarm is called with each alarm that is read
 */
export function cloudWatchAlarms(api: CloudWatchApi, onAlarm?: (alarm: AlarmState) => void): Alarms {
  return {
    async describe(names, prefixes = []) {
      const found = new Map<string, AlarmState>()
      for (const AlarmNames of batches([...new Set(names)])) {
        const action = `read the alarms ${AlarmNames.join(', ')}`
        for (const alarm of await states(api, action, { AlarmNames })) found.set(alarm.name, alarm)
      }
      for (const AlarmNamePrefix of new Set(prefixes)) {
        const action = `read the alarms whose names begin with ${AlarmNamePrefix}`
        for (const alarm of await states(api, action, { AlarmNamePrefix })) found.set(alarm.name, alarm)
      }
      for (const alarm of found.values()) onAlarm?.(alarm)
      return [...found.values()]
    },
    async definition(name) {
      const [page] = await read(api, `read the alarm ${name}`, { AlarmNames: [name] })
      const [alarm] = page?.MetricAlarms ?? []
      return alarm && toDefinition(alarm)
    },
  }
}

export function batches(names: readonly string[]): string[][] {
  const count = Math.ceil(names.length / mostPerCall)
  return Array.from({ length: count }, (_, index) =>
    names.slice(index * mostPerCall, (index + 1) * mostPerCall),
  )
}

async function states(api: CloudWatchApi, action: string, selection: Selection): Promise<AlarmState[]> {
  const found = await read(api, action, selection)
  return found.flatMap(({ MetricAlarms = [], CompositeAlarms = [] }) => [
    ...MetricAlarms.map(toMetricState),
    ...CompositeAlarms.map(toState),
  ])
}

type Selection = Pick<DescribeAlarmsCommandInput, 'AlarmNames' | 'AlarmNamePrefix'>

/** All pages of a request's result. */
export async function read(
  api: CloudWatchApi,
  action: string,
  selection: Selection,
): Promise<DescribeAlarmsCommandOutput[]> {
  const { pages, sdk } = await api()
  return pages(action, sdk.paginateDescribeAlarms, {
    ...selection,
    // Composite alarms are left out unless both types are requested.
    AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
    MaxRecords: mostPerCall,
  })
}

/**
 * `since` changes when an alarm recovered meanwhile, which StateTransitionedTimestamp does exactly. A service like AWS
 * that leaves it out has only StateUpdatedTimestamp, which also changes while the state stays. There an excused alarm
 * counts again too early, which is the safe side.
 */
export function toState(alarm: MetricAlarm | CompositeAlarm): AlarmState {
  return {
    name: alarm.AlarmName ?? '',
    arn: alarm.AlarmArn ?? '',
    condition: alarm.StateValue ?? 'INSUFFICIENT_DATA',
    reason: alarm.StateReason ?? '',
    since: (alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp ?? new Date(0)).getTime(),
  }
}

export function toMetricState(alarm: MetricAlarm): AlarmState {
  const metric = metricOf(alarm)
  const { Threshold: threshold, ComparisonOperator: comparison } = alarm
  const limit = threshold === undefined || !comparison ? {} : { limit: { threshold, comparison } }
  if (metric) return { ...toState(alarm), metric, ...limit }
  const metrics = seriesOf(alarm).flatMap((series) => series.metric ?? [])
  return metrics.length > 0 ? { ...toState(alarm), metrics } : toState(alarm)
}

function toDefinition(alarm: MetricAlarm): AlarmDefinition | undefined {
  const metric = metricOf(alarm)
  const { Threshold, ComparisonOperator, Period, EvaluationPeriods } = alarm
  if (!metric || Threshold === undefined || !ComparisonOperator || !Period || !EvaluationPeriods)
    return undefined
  return {
    name: alarm.AlarmName ?? '',
    description: alarm.AlarmDescription,
    metric,
    statistic: alarm.Statistic,
    extendedStatistic: alarm.ExtendedStatistic,
    periodSeconds: Period,
    evaluationPeriods: EvaluationPeriods,
    datapointsToAlarm: alarm.DatapointsToAlarm,
    threshold: Threshold,
    comparison: ComparisonOperator,
    missingData: alarm.TreatMissingData ?? 'missing',
    lowSamples: alarm.EvaluateLowSampleCountPercentile,
    actions: {
      areOn: alarm.ActionsEnabled ?? true,
      ok: alarm.OKActions ?? [],
      alarm: alarm.AlarmActions ?? [],
      insufficientData: alarm.InsufficientDataActions ?? [],
    },
  }
}
