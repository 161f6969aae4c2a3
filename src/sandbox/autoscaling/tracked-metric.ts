import type {
  TargetTrackingMetricDataQuery,
  TargetTrackingScalingPolicyConfiguration,
} from '@aws-sdk/client-application-auto-scaling'
import type { Metric, MetricDataQuery, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch'
import type { Policy, Target } from './records.ts'

/** The period of the metric, seconds. */
export const periodSeconds = 60

/** AWS's documentation of provisioned concurrency: above the target for 3 minutes, or below 90% of it for 15. */
const rules = {
  high: { kind: 'AlarmHigh', share: 1, minutes: 3, comparison: 'GreaterThanThreshold' },
  low: { kind: 'AlarmLow', share: 0.9, minutes: 15, comparison: 'LessThanThreshold' },
} as const

type Tracking = TargetTrackingScalingPolicyConfiguration

/** The names of the alarms that carry a policy. Without scale-in there is no low one. */
export function alarmNames({ arn, configuration }: Policy, { resource }: Target) {
  const id = arn.split(':')[6] ?? ''
  const nameOf = (side: keyof typeof rules) => `TargetTracking-${resource}-${rules[side].kind}-${id}`
  const isOneSided = configuration.TargetTrackingScalingPolicyConfiguration?.DisableScaleIn === true
  return { high: nameOf('high'), low: isOneSided ? undefined : nameOf('low') }
}

/** The alarms that AWS makes for a policy of target tracking. */
export function alarmsOf(policy: Policy, tracking: Tracking, target: Target): PutMetricAlarmInput[] {
  const names = alarmNames(policy, target)
  return (['high', 'low'] as const).flatMap((side) => {
    const AlarmName = names[side]
    if (AlarmName === undefined) return []
    const { share, minutes, comparison } = rules[side]
    return {
      AlarmName,
      AlarmDescription: `DO NOT EDIT OR DELETE. For TargetTrackingScaling policy ${policy.arn}.`,
      AlarmActions: [policy.arn],
      ...metricOf(tracking, target),
      EvaluationPeriods: minutes,
      Threshold: Number(((tracking.TargetValue ?? 0) * share).toPrecision(12)),
      ComparisonOperator: comparison,
    }
  })
}

/** The queries for the metric of a policy, one of which returns data. */
export function queriesOf(tracking: Tracking, target: Target): MetricDataQuery[] {
  const { Metrics, MetricName, Namespace, Dimensions, Statistic } = metricOf(tracking, target)
  if (Metrics) return Metrics
  const Metric = { MetricName, Namespace, Dimensions }
  return [{ Id: 'm1', MetricStat: { Metric, Stat: Statistic, Period: periodSeconds } }]
}

type TrackedMetric = Pick<
  PutMetricAlarmInput,
  'MetricName' | 'Namespace' | 'Dimensions' | 'Statistic' | 'Period' | 'Unit' | 'Metrics'
>

function metricOf({ CustomizedMetricSpecification: own }: Tracking, { resource }: Target): TrackedMetric {
  if (own?.Metrics) return { Metrics: own.Metrics.map(withPeriod) }
  if (own) {
    const { MetricName, Namespace, Dimensions, Statistic, Unit } = own
    const Named = Dimensions?.map(({ Name, Value }) => ({ Name, Value }))
    return {
      MetricName,
      Namespace,
      Dimensions: Named,
      Statistic,
      Unit: Unit as 'Count',
      Period: periodSeconds,
    }
  }
  const [, name = '', qualifier = ''] = resource.split(':')
  return {
    MetricName: 'ProvisionedConcurrencyUtilization',
    Namespace: 'AWS/Lambda',
    Dimensions: [
      { Name: 'FunctionName', Value: name },
      { Name: 'Resource', Value: `${name}:${qualifier}` },
    ],
    Statistic: 'Average',
    Period: periodSeconds,
  }
}

function withPeriod({
  Id,
  Expression,
  Label,
  MetricStat,
  ReturnData,
}: TargetTrackingMetricDataQuery): MetricDataQuery {
  const query = { Id, Expression, Label, ReturnData }
  if (!MetricStat) return { ...query, ...(Expression !== undefined && { Period: periodSeconds }) }
  const { Metric, Stat, Unit } = MetricStat
  return {
    ...query,
    MetricStat: { Metric: Metric as Metric, Stat, Unit: Unit as 'Count', Period: periodSeconds },
  }
}
