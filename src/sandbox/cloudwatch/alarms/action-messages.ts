import { randomUUID } from 'node:crypto'
import type { MetricDataQuery, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch'
import { singleQuery } from '../query/query.ts'
import { type Alarm, type AlarmState, regionOf } from './alarm.ts'
import { javaDate } from './reason.ts'

/** The event that a function gets from an alarm. */
export function actionEvent(alarm: Alarm, before: AlarmState): object {
  const { arn, name, state, definition } = alarm
  return {
    source: 'aws.cloudwatch',
    alarmArn: arn,
    accountId: arn.split(':')[4],
    time: javaDate(state.updated),
    region: regionOf(alarm),
    alarmData: {
      alarmName: name,
      state: stateOf(state),
      previousState: stateOf(before),
      configuration: {
        ...(definition.AlarmDescription !== undefined && { description: definition.AlarmDescription }),
        ...(alarm.kind === 'metric'
          ? { metrics: queriesOf(alarm.definition).map(metricOf) }
          : { alarmRule: alarm.definition.AlarmRule }),
      },
    },
  }
}

function stateOf({ value, reason, reasonData, updated }: AlarmState): object {
  return { value, reason, ...(reasonData && { reasonData }), timestamp: javaDate(updated) }
}

function queriesOf(definition: PutMetricAlarmInput): MetricDataQuery[] {
  return definition.Metrics?.length ? definition.Metrics : [{ ...singleQuery(definition), Id: randomUUID() }]
}

function metricOf({ Id, Expression, Label, MetricStat, ReturnData = true }: MetricDataQuery): object {
  const { Metric, Period, Stat, Unit } = MetricStat ?? {}
  const dimensions = (Metric?.Dimensions ?? []).map(({ Name, Value }) => [Name, Value])
  return {
    id: Id,
    ...(Expression !== undefined && { expression: Expression }),
    ...(Label !== undefined && { label: Label }),
    ...(MetricStat && {
      metricStat: {
        metric: {
          namespace: Metric?.Namespace,
          name: Metric?.MetricName,
          dimensions: Object.fromEntries(dimensions) as object,
        },
        period: Period,
        stat: Stat,
        ...(Unit && { unit: Unit }),
      },
    }),
    returnData: ReturnData,
  }
}

/** The message that a topic gets from an alarm. AWS writes the Region's long name. */
export function topicMessage(alarm: Alarm, before: AlarmState): object {
  const { arn, name, configured, state, definition } = alarm
  const { OKActions = [], AlarmActions = [], InsufficientDataActions = [] } = definition
  return {
    AlarmName: name,
    AlarmDescription: definition.AlarmDescription ?? null,
    AWSAccountId: arn.split(':')[4],
    AlarmConfigurationUpdatedTimestamp: javaDate(configured),
    NewStateValue: state.value,
    NewStateReason: state.reason,
    StateChangeTime: javaDate(state.updated),
    Region: regionOf(alarm),
    AlarmArn: arn,
    OldStateValue: before.value,
    OKActions,
    AlarmActions,
    InsufficientDataActions,
    ...(alarm.kind === 'composite'
      ? { AlarmRule: alarm.definition.AlarmRule }
      : { Trigger: triggerOf(alarm.definition) }),
  }
}

function triggerOf(definition: PutMetricAlarmInput): object {
  const { Metrics, Statistic, ExtendedStatistic, Dimensions = [], Unit } = definition
  const lowerCase = (dimensions: typeof Dimensions) =>
    dimensions.map(({ Name, Value }) => ({ value: Value, name: Name }))
  const single = {
    MetricName: definition.MetricName,
    Namespace: definition.Namespace,
    StatisticType: Statistic ? 'Statistic' : 'ExtendedStatistic',
    ...(Statistic ? { Statistic: Statistic.toUpperCase() } : { ExtendedStatistic }),
    Unit: Unit ?? null,
    Dimensions: lowerCase(Dimensions),
  }
  const several = {
    Metrics: (Metrics ?? []).map(({ MetricStat, ...query }) => ({
      ...query,
      ...(MetricStat && {
        MetricStat: {
          ...MetricStat,
          Metric: { ...MetricStat.Metric, Dimensions: lowerCase(MetricStat.Metric?.Dimensions ?? []) },
        },
      }),
    })),
  }
  return {
    ...(Metrics?.length ? several : single),
    Period: definition.Period,
    EvaluationPeriods: definition.EvaluationPeriods,
    DatapointsToAlarm: definition.DatapointsToAlarm,
    ComparisonOperator: definition.ComparisonOperator,
    Threshold: definition.Threshold,
    TreatMissingData: definition.TreatMissingData ?? 'missing',
    EvaluateLowSampleCountPercentile: definition.EvaluateLowSampleCountPercentile ?? '',
  }
}
