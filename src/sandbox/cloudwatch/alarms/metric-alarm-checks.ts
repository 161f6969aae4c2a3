import type { MetricDataQuery, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch'
import { notImplemented } from '../../protocol/accepting.ts'
import { validationError } from '../query/errors.ts'
import { checkQueries } from '../query/query.ts'
import { isPercentile } from '../query/summary.ts'

/** For alarms on an anomaly detection band. */
const bandComparisons = [
  'LessThanLowerOrGreaterThanUpperThreshold',
  'LessThanLowerThreshold',
  'GreaterThanUpperThreshold',
]
const treatments = ['breaching', 'notBreaching', 'ignore', 'missing']

/**
 * Refuses the metric alarms that CloudWatch refuses.
 *
 * @throws ServiceError 400
 */
export function checkMetricAlarm(input: PutMetricAlarmInput): void {
  if (input.EvaluationCriteria !== undefined) throw notImplemented('alarms on PromQL (EvaluationCriteria)')
  if (input.EvaluationInterval !== undefined) throw notImplemented('intervals of alarms (EvaluationInterval)')
  checkActions(input)
  checkThreshold(input)
  if (input.Metrics?.length) checkMetrics(input)
  else checkSingleMetric(input)
  checkLowSampleCount(input)
  checkSpan(input.EvaluationPeriods ?? 1, alarmPeriod(input))
}

/** Each action is an ARN. */
export function checkActions(
  input: Pick<PutMetricAlarmInput, 'OKActions' | 'AlarmActions' | 'InsufficientDataActions'>,
): void {
  for (const list of ['OKActions', 'AlarmActions', 'InsufficientDataActions'] as const) {
    const actions = input[list] ?? []
    const wrong = actions.find((action) => !action.startsWith('arn:'))
    if (wrong !== undefined) throw validationError(`Invalid arn syntax: ${wrong}`)
  }
}

function checkLowSampleCount({
  EvaluateLowSampleCountPercentile: low,
  ExtendedStatistic,
}: PutMetricAlarmInput): void {
  if (low === undefined) return
  if (!['evaluate', 'ignore'].includes(low)) {
    throw validationError(
      `Option ${low} is not supported. Supported options for parameter EvaluateLowSampleCountPercentile are evaluate and ignore.`,
    )
  }
  if (ExtendedStatistic === undefined) {
    throw validationError(
      'EvaluateLowSampleCountPercentile is only for alarms on a percentile (ExtendedStatistic).',
    )
  }
}

function checkThreshold(input: PutMetricAlarmInput): void {
  const { ComparisonOperator, EvaluationPeriods = 1, DatapointsToAlarm, Threshold, ThresholdMetricId } = input
  const { TreatMissingData } = input
  if (!ComparisonOperator) throw mustNotBeNull('ComparisonOperator')
  if (DatapointsToAlarm !== undefined && (DatapointsToAlarm < 1 || DatapointsToAlarm > EvaluationPeriods)) {
    throw validationError(
      `The parameter DatapointsToAlarm must be between 1 and EvaluationPeriods (${EvaluationPeriods}); got ${DatapointsToAlarm}.`,
    )
  }
  if (bandComparisons.includes(ComparisonOperator) !== (ThresholdMetricId !== undefined)) {
    throw validationError(
      `ComparisonOperator ${ComparisonOperator} cannot be used ${ThresholdMetricId === undefined ? 'without' : 'with'} ThresholdMetricId.`,
    )
  }
  if (ThresholdMetricId !== undefined && Threshold !== undefined) {
    throw validationError(
      'The parameters Threshold and ThresholdMetricId are mutually exclusive and you have specified both.',
    )
  }
  if (ThresholdMetricId === undefined && Threshold === undefined) throw mustNotBeNull('Threshold')
  if (TreatMissingData !== undefined && !treatments.includes(TreatMissingData)) {
    throw validationError(
      `The value ${TreatMissingData} is not supported for TreatMissingData parameter. Supported values are [${treatments.join(', ')}].`,
    )
  }
}

function checkSingleMetric(input: PutMetricAlarmInput): void {
  if (!input.MetricName) throw mustNotBeNull('MetricName')
  if (!input.Namespace) throw mustNotBeNull('Namespace')
  if ((input.Statistic === undefined) === (input.ExtendedStatistic === undefined)) {
    throw validationError('Exactly one of the parameters Statistic and ExtendedStatistic must be specified.')
  }
  const { Statistic, ExtendedStatistic = '' } = input
  if (Statistic === undefined && !isPercentile(ExtendedStatistic)) {
    throw validationError(`The value ${ExtendedStatistic} for parameter ExtendedStatistic is not supported.`)
  }
  if (input.Period === undefined) throw mustNotBeNull('Period')
}

function checkMetrics(input: PutMetricAlarmInput): void {
  for (const parameter of [
    'MetricName',
    'Namespace',
    'Dimensions',
    'Period',
    'Statistic',
    'ExtendedStatistic',
  ] as const) {
    if (input[parameter] !== undefined) {
      throw validationError(`${parameter} should not be set if list of Metrics is set.`)
    }
  }
  const all = input.Metrics ?? []
  const queries = all.filter(({ Id }) => Id !== input.ThresholdMetricId)
  if (input.ThresholdMetricId !== undefined) checkBand(all, input.ThresholdMetricId)
  checkQueries(queries)
  const returned = queries.filter((query) => query.ReturnData !== false)
  if (returned.length !== 1) {
    throw validationError(
      `Exactly one element of the metrics list should return data; ${returned.length} do. Set ReturnData to false for the others.`,
    )
  }
  const periods = new Set(queries.flatMap(({ MetricStat }) => MetricStat?.Period ?? []))
  if (periods.size !== 1) throw validationError('All metrics of an alarm must have the same period.')
}

/** The threshold of an anomaly alarm is a query of its own: `ANOMALY_DETECTION_BAND(m1, 2)`. */
function checkBand(queries: readonly MetricDataQuery[], id: string): void {
  const band = queries.find(({ Id }) => Id === id)
  const match = /^ANOMALY_DETECTION_BAND\(\s*(\w+)\s*(?:,\s*\d+(?:\.\d+)?\s*)?\)$/.exec(
    band?.Expression ?? '',
  )
  if (!match || !queries.some(({ Id, MetricStat }) => MetricStat && Id === match[1])) {
    throw validationError(
      `ThresholdMetricId ${id} must be the id of an ANOMALY_DETECTION_BAND over a metric of the alarm.`,
    )
  }
}

/** The period of an alarm in seconds: its own, or the shared period of its metrics. */
export function alarmPeriod({ Period, Metrics = [] }: PutMetricAlarmInput): number {
  return Period ?? Metrics.find(({ MetricStat }) => MetricStat)?.MetricStat?.Period ?? 60
}

/** AWS's limits: points of one day, or of a week if the period is an hour or longer. */
function checkSpan(evaluationPeriods: number, period: number): void {
  if (![10, 20, 30].includes(period) && (period <= 0 || period % 60 !== 0)) {
    throw validationError(`The parameter Period must be 10, 20, 30 or a multiple of 60; got ${period}.`)
  }
  const [longest, name] = period >= 3600 ? [604_800, 'week'] : [86_400, 'day']
  if (evaluationPeriods * period > longest) {
    throw validationError(
      `Metrics cannot be checked across more than a ${name} (EvaluationPeriods * Period must be <= ${longest}).`,
    )
  }
}

/** AWS's words for a parameter that an alarm on one metric needs. */
function mustNotBeNull(parameter: string): Error {
  return validationError(`${parameter} must not be null`)
}
