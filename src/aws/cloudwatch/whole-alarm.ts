import type {
  Dimension,
  MetricAlarm,
  MetricDataQuery,
  PutMetricAlarmCommandInput,
  Statistic,
} from '@aws-sdk/client-cloudwatch'
import type { AlarmSeries, WholeAlarm } from '../../release/values/alarms.ts'
import type { AlarmMetric, AlarmState } from '../../release/values/observed.ts'

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

function toSeries({ Id: id = '', MetricStat, Expression, Label, ReturnData }: MetricDataQuery): AlarmSeries {
  const named = { id, ...(Label !== undefined && { label: Label }), returns: ReturnData ?? true }
  const { Metric, Stat: statistic = '', Period = 0, Unit } = MetricStat ?? {}
  if (!Metric) return { ...named, ...(Expression !== undefined && { expression: Expression }) }
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
  const { actions, series } = alarm
  const [only, ...others] = series
  const measured =
    only?.metric && others.length === 0 ? flatMetric(only.metric) : { Metrics: series.map(toQuery) }
  return {
    AlarmName: alarm.name,
    AlarmDescription: alarm.description,
    ...measured,
    EvaluationPeriods: alarm.evaluationPeriods,
    DatapointsToAlarm: alarm.datapointsToAlarm,
    Threshold: alarm.threshold,
    ThresholdMetricId: alarm.thresholdSeries,
    ComparisonOperator: alarm.comparison as NonNullable<PutMetricAlarmCommandInput['ComparisonOperator']>,
    TreatMissingData: alarm.missingData,
    EvaluateLowSampleCountPercentile: alarm.lowSamples,
    ActionsEnabled: actions.areOn,
    OKActions: [...actions.ok],
    AlarmActions: [...actions.alarm],
    InsufficientDataActions: [...actions.insufficientData],
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  }
}

type Flat = Pick<
  PutMetricAlarmCommandInput,
  'Namespace' | 'MetricName' | 'Dimensions' | 'Period' | 'Unit' | 'Statistic' | 'ExtendedStatistic'
>

function flatMetric({ namespace, name, dimensions, statistic = '', periodMs = 0, unit }: AlarmMetric): Flat {
  return {
    Namespace: namespace,
    MetricName: name,
    Dimensions: toDimensions(dimensions),
    Period: periodMs / 1000,
    Unit: unit as Flat['Unit'],
    ...(isPlain(statistic) ? { Statistic: statistic } : { ExtendedStatistic: statistic }),
  }
}

/** All others, such as `p99` and `tm90`, are extended statistics. */
function isPlain(name: string): name is Statistic {
  return ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'].includes(name)
}

function toQuery({ id, metric, expression, label, returns }: AlarmSeries): MetricDataQuery {
  const named = { Id: id, ...(label !== undefined && { Label: label }), ReturnData: returns }
  if (!metric) return { ...named, Expression: expression }
  const { namespace, name, dimensions, statistic, periodMs = 0, unit } = metric
  return {
    ...named,
    MetricStat: {
      Metric: { Namespace: namespace, MetricName: name, Dimensions: toDimensions(dimensions) },
      Period: periodMs / 1000,
      Stat: statistic,
      Unit: unit as Flat['Unit'],
    },
  }
}

function toDimensions(dimensions: Readonly<Record<string, string>>): Dimension[] {
  return Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }))
}
