import type {
  AlarmType,
  CompositeAlarm,
  DescribeAlarmHistoryInput,
  DescribeAlarmHistoryOutput,
  DescribeAlarmsForMetricInput,
  DescribeAlarmsForMetricOutput,
  DescribeAlarmsInput,
  DescribeAlarmsOutput,
  MetricAlarm,
} from '@aws-sdk/client-cloudwatch'
import { numberKey, pageOf } from '../../protocol/paging.ts'
import { invalidCombination, invalidToken } from '../query/errors.ts'
import { dimensionList, metricName } from '../query/query.ts'
import type { Alarm, CompositeAlarmRecord, MetricAlarmRecord } from './alarm.ts'
import type { AlarmBook } from './alarm-book.ts'
import { alarmsOf, nameOf } from './alarm-rule.ts'

/** AWS's limit of records in an answer. */
const mostRecords = 100

/** DescribeAlarms: only metric alarms unless AlarmTypes says more; unknown names are left out. */
export function describeAlarms(book: AlarmBook) {
  return (input: DescribeAlarmsInput): DescribeAlarmsOutput => {
    check(input)
    const types: AlarmType[] = input.AlarmTypes ?? ['MetricAlarm']
    const related = relatives(book, input)
    const matching = book
      .all()
      .filter((alarm) => types.includes(typeOf(alarm)) && matches(alarm, input))
      .filter(({ name }) => related?.includes(name) ?? true)
    const { items, next } = pageOf(matching, ({ name }) => name, requested(input))
    return {
      MetricAlarms: items.filter((alarm) => alarm.kind === 'metric').map(metricAlarm),
      CompositeAlarms: items.filter((alarm) => alarm.kind === 'composite').map(compositeAlarm),
      ...(next && { NextToken: next }),
    }
  }
}

/** DescribeAlarmsForMetric: the alarms on this metric, but not those with an expression that uses it. */
export function describeAlarmsForMetric(book: AlarmBook) {
  return (input: DescribeAlarmsForMetricInput): DescribeAlarmsForMetricOutput => {
    const wanted = metricText(input)
    const alarms = book.all().filter((alarm) => alarm.kind === 'metric')
    return {
      MetricAlarms: alarms
        .filter(({ definition }) => metricText(definition) === wanted)
        .filter(({ definition }) => !input.Statistic || input.Statistic === definition.Statistic)
        .filter(({ definition }) => !input.Period || input.Period === definition.Period)
        .filter(({ definition }) => !input.Unit || input.Unit === definition.Unit)
        .filter(
          ({ definition: { ExtendedStatistic } }) =>
            !input.ExtendedStatistic || input.ExtendedStatistic === ExtendedStatistic,
        )
        .map(metricAlarm),
    }
  }
}

/** DescribeAlarmHistory: the newest first unless ScanBy says the opposite. */
export function describeAlarmHistory(book: AlarmBook) {
  return (input: DescribeAlarmHistoryInput): DescribeAlarmHistoryOutput => {
    const from = input.StartDate?.getTime() ?? 0
    const to = input.EndDate?.getTime() ?? Infinity
    const types: AlarmType[] = input.AlarmTypes ?? ['MetricAlarm']
    const matching = book
      .history()
      .filter((item) => !input.AlarmName || item.alarmName === input.AlarmName)
      .filter((item) => types.includes(item.alarmType))
      .filter((item) => !input.HistoryItemType || item.type === input.HistoryItemType)
      .filter((item) => item.timestamp >= from && item.timestamp <= to)
      .map((item, index) => ({ item, key: `${numberKey(item.timestamp)} ${numberKey(index)}` }))
    const descending = input.ScanBy !== 'TimestampAscending'
    const { items, next } = pageOf(matching, ({ key }) => key, { ...requested(input), descending })
    const AlarmHistoryItems = items.map(({ item }) => ({
      AlarmName: item.alarmName,
      AlarmType: item.alarmType,
      Timestamp: new Date(item.timestamp),
      HistoryItemType: item.type,
      HistorySummary: item.summary,
      HistoryData: item.data,
    }))
    return { AlarmHistoryItems, ...(next && { NextToken: next }) }
  }
}

function requested(input: { MaxRecords?: number | undefined; NextToken?: string | undefined }) {
  return { size: input.MaxRecords ?? mostRecords, token: input.NextToken, invalidToken }
}

function check({ AlarmNames, AlarmNamePrefix }: DescribeAlarmsInput): void {
  if (AlarmNames && AlarmNamePrefix !== undefined) {
    throw invalidCombination('AlarmNamePrefix and AlarmNames are mutually exclusive parameters.')
  }
}

function matches({ name, state, definition }: Alarm, input: DescribeAlarmsInput): boolean {
  if (input.AlarmNames && !input.AlarmNames.includes(name)) return false
  if (input.AlarmNamePrefix && !name.startsWith(input.AlarmNamePrefix)) return false
  if (
    input.ActionPrefix &&
    !definition.AlarmActions?.some((arn) => arn.startsWith(input.ActionPrefix ?? ''))
  ) {
    return false
  }
  return !input.StateValue || state.value === input.StateValue
}

/** The names of the alarms that the rule of a composite alarm names, or whose rules name an alarm. */
function relatives(book: AlarmBook, input: DescribeAlarmsInput): string[] | undefined {
  const { ChildrenOfAlarmName: parent, ParentsOfAlarmName: child } = input
  if (parent !== undefined) return childrenOf(book.get(parent))
  if (child === undefined) return undefined
  return book.all().flatMap((alarm) => (childrenOf(alarm).includes(child) ? [alarm.name] : []))
}

function childrenOf(alarm: Alarm | undefined): string[] {
  return alarm?.kind === 'composite' ? alarmsOf(alarm.rule).map(nameOf) : []
}

function typeOf({ kind }: Alarm): AlarmType {
  return kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm'
}

function metricAlarm(alarm: MetricAlarmRecord): MetricAlarm {
  const { Metrics, Dimensions, DatapointsToAlarm, ...definition } = alarm.definition
  return {
    ...definition,
    ...common(alarm),
    ...(Metrics?.length ? { Metrics } : { Dimensions: Dimensions ?? [] }),
    ...(DatapointsToAlarm !== undefined && { DatapointsToAlarm }),
  }
}

function compositeAlarm(alarm: CompositeAlarmRecord): CompositeAlarm {
  return { ...alarm.definition, ...common(alarm) }
}

function common({ arn, configured, definition, state }: Alarm) {
  return {
    AlarmArn: arn,
    ActionsEnabled: definition.ActionsEnabled ?? true,
    OKActions: definition.OKActions ?? [],
    AlarmActions: definition.AlarmActions ?? [],
    InsufficientDataActions: definition.InsufficientDataActions ?? [],
    AlarmConfigurationUpdatedTimestamp: new Date(configured),
    StateValue: state.value,
    StateReason: state.reason,
    StateReasonData: state.reasonData,
    StateUpdatedTimestamp: new Date(state.updated),
    StateTransitionedTimestamp: new Date(state.transitioned),
  }
}

function metricText(metric: Parameters<typeof metricName>[0]): string {
  const { namespace, name, dimensions } = metricName(metric)
  const sorted = dimensionList(dimensions).toSorted((left, right) =>
    (left.Name ?? '') < (right.Name ?? '') ? -1 : 1,
  )
  return JSON.stringify([namespace, name, sorted])
}
