import type { AlarmSeries, WholeAlarm } from '../../release/values/alarms.ts'

/** The properties of an alarm by CloudFormation's names, which are those of PutMetricAlarm too. */
export function propertiesOf(alarm: WholeAlarm): object {
  const { actions } = alarm
  const [only, ...others] = alarm.series
  return {
    AlarmName: alarm.name,
    AlarmDescription: alarm.description,
    ...(only?.metric && only.account === undefined && others.length === 0
      ? flatMetric(only.metric)
      : { Metrics: alarm.series.map(queryOf) }),
    EvaluationPeriods: alarm.evaluationPeriods,
    DatapointsToAlarm: alarm.datapointsToAlarm,
    ...(alarm.threshold !== undefined && { Threshold: alarm.threshold }),
    ...(alarm.thresholdSeries !== undefined && { ThresholdMetricId: alarm.thresholdSeries }),
    ComparisonOperator: alarm.comparison,
    TreatMissingData: alarm.missingData,
    ...(alarm.lowSamples !== undefined && { EvaluateLowSampleCountPercentile: alarm.lowSamples }),
    ...(actions.alarm.length > 0 && { AlarmActions: actions.alarm }),
    ...(actions.ok.length > 0 && { OKActions: actions.ok }),
    ...(actions.insufficientData.length > 0 && { InsufficientDataActions: actions.insufficientData }),
    ...(!actions.areOn && { ActionsEnabled: false }),
  }
}

type Metric = NonNullable<AlarmSeries['metric']>

function flatMetric(metric: Metric): object {
  const { namespace, name, statistic = '', periodMs = 0 } = metric
  return {
    Namespace: namespace,
    MetricName: name,
    Dimensions: dimensionsOf(metric),
    [plainStatistics.has(statistic) ? 'Statistic' : 'ExtendedStatistic']: statistic,
    Period: periodMs / 1000,
    ...unitOf(metric),
  }
}

/** All others, such as `p99` and `tm90`, are extended statistics. */
const plainStatistics: ReadonlySet<string> = new Set(['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'])

function queryOf({ id, metric, expression, periodMs: ownMs, label, account, returns }: AlarmSeries): object {
  const named = {
    Id: id,
    ...(label !== undefined && { Label: label }),
    ...(account !== undefined && { AccountId: account }),
    ReturnData: returns,
  }
  if (!metric) {
    return { ...named, Expression: expression, ...(ownMs !== undefined && { Period: ownMs / 1000 }) }
  }
  const { namespace, name, statistic, periodMs = 0 } = metric
  return {
    ...named,
    MetricStat: {
      Metric: { Namespace: namespace, MetricName: name, Dimensions: dimensionsOf(metric) },
      Period: periodMs / 1000,
      Stat: statistic,
      ...unitOf(metric),
    },
  }
}

function unitOf({ unit }: Metric): object {
  return unit === undefined ? {} : { Unit: unit }
}

function dimensionsOf({ dimensions }: Metric): object[] {
  return Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }))
}
