import type {
  Dimension,
  MetricAlarm,
  MetricDataQuery,
  PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch'
import { propertiesOf } from '../../operation/alarms/properties.ts'
import type { AlarmSeries, WholeAlarm } from '../../release/values/alarms.ts'
import type { AlarmState } from '../../release/values/observed.ts'

/** The one metric of an alarm; undefined for an alarm on an expression. */
export function metricOf(alarm: MetricAlarm): AlarmState['metric'] {
  const { MetricName, Namespace = '', Dimensions = [], Statistic, ExtendedStatistic, Period, Unit } = alarm
  if (!MetricName) return undefined
  const statistic = Statistic ?? ExtendedStatistic
  return {
    namespace: Namespace,
    name: MetricName,
    dimensions: byName(Dimensions),
    ...(statistic === undefined ? {} : { statistic }),
    ...(Period === undefined ? {} : { periodMs: Period * 1000 }),
    ...(Unit === undefined ? {} : { unit: Unit }),
  }
}

function byName(dimensions: readonly Dimension[]): Record<string, string> {
  return Object.fromEntries(dimensions.map(({ Name = '', Value = '' }) => [Name, Value]))
}

/** The metrics and expressions of an alarm; an alarm on one metric has one. */
export function seriesOf(alarm: MetricAlarm): AlarmSeries[] {
  const metric = metricOf(alarm)
  return metric ? [{ id: 'm', metric, returns: true }] : (alarm.Metrics ?? []).map(toSeries)
}

function toSeries(query: MetricDataQuery): AlarmSeries {
  const { Id: id = '', MetricStat, Expression, Label, ReturnData, AccountId } = query
  const named = {
    id,
    ...(Label !== undefined && { label: Label }),
    ...(AccountId !== undefined && { account: AccountId }),
    returns: ReturnData ?? true,
  }
  const { Metric, Stat: statistic = '', Period = 0, Unit } = MetricStat ?? {}
  if (!Metric) {
    return {
      ...named,
      ...(Expression !== undefined && { expression: Expression }),
      ...(query.Period !== undefined && { periodMs: query.Period * 1000 }),
    }
  }
  const { Namespace: namespace = '', MetricName: name = '', Dimensions = [] } = Metric
  const metric = { namespace, name, dimensions: byName(Dimensions), statistic, periodMs: Period * 1000 }
  return { ...named, metric: { ...metric, ...(Unit !== undefined && { unit: Unit }) } }
}

/** The whole definition of a metric alarm. */
export function toWholeAlarm(alarm: MetricAlarm): WholeAlarm {
  const { EvaluationPeriods = 1 } = alarm
  return {
    name: alarm.AlarmName ?? '',
    description: alarm.AlarmDescription ?? '',
    series: seriesOf(alarm),
    evaluationPeriods: EvaluationPeriods,
    datapointsToAlarm: alarm.DatapointsToAlarm ?? EvaluationPeriods,
    threshold: alarm.Threshold,
    thresholdSeries: alarm.ThresholdMetricId,
    comparison: alarm.ComparisonOperator ?? '',
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

/** The request that makes an alarm as defined. */
export function toRequest(
  alarm: WholeAlarm,
  tags: Readonly<Record<string, string>>,
): PutMetricAlarmCommandInput {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
  return { ...(propertiesOf(alarm) as PutMetricAlarmCommandInput), Tags }
}
