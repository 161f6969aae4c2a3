import type { AlarmMetric } from './observed.ts'

/** Selects alarms for a release: one by its name or its ARN (`arn:…`), or all whose names begin with a prefix. */
export type AlarmSelector = string | { prefix: string }

/** A metric that an alarm reads, or an expression over the others. */
export interface AlarmSeries {
  id: string
  metric?: AlarmMetric
  expression?: string
  /** Of an expression that has its own; milliseconds. */
  periodMs?: number
  /** The account that has the metric, if the alarm names one. */
  account?: string
  /** Words for a person. */
  label?: string
  /** True for the one that the threshold is for. */
  returns: boolean
}

/** The whole definition of a metric alarm. An alarm on one metric has one series. */
export interface WholeAlarm {
  name: string
  description: string
  series: readonly AlarmSeries[]
  /** Periods. */
  evaluationPeriods: number
  /** Periods. */
  datapointsToAlarm: number
  /** In the unit of its metric; undefined for an alarm on a band. */
  threshold: number | undefined
  /** The id of the series that is the limit, for an alarm on a band. */
  thresholdSeries?: string | undefined
  /** CloudWatch's name: `GreaterThanThreshold`. */
  comparison: string
  /** CloudWatch's name: `notBreaching`. */
  missingData: string
  /** CloudWatch's name, `ignore`, for a percentile of few samples; undefined: they are evaluated. */
  lowSamples?: string | undefined
  /** ARNs. */
  actions: {
    areOn: boolean
    ok: readonly string[]
    alarm: readonly string[]
    insufficientData: readonly string[]
  }
}

/** The traffic that a metric counts, as seen from an alias of a function. */
export type CountedTraffic =
  | { of: 'alias' | 'whole-function' | 'unknown' }
  | { of: 'other-function' | 'other-resource' | 'one-version'; name: string }

/** Tells the traffic that a metric counts. `unknown`: it is none of Lambda's own metrics. */
export function countedTraffic(
  { namespace, dimensions }: AlarmMetric,
  { lambdaName, alias }: { lambdaName: string; alias: string },
): CountedTraffic {
  if (namespace !== 'AWS/Lambda') return { of: 'unknown' }
  const { FunctionName: name = lambdaName, Resource: resource, ExecutedVersion: version } = dimensions
  if (name !== lambdaName) return { of: 'other-function', name }
  if (resource !== undefined && resource !== `${lambdaName}:${alias}`)
    return { of: 'other-resource', name: resource }
  if (version !== undefined) return { of: 'one-version', name: version }
  return { of: resource === undefined ? 'whole-function' : 'alias' }
}
