import type { AlarmMetric } from './observed.ts'

/** Selects alarms for a release: one by its name or its ARN (`arn:…`), or all whose names begin with a prefix. */
export type AlarmSelector = string | { prefix: string }

/** A metric that an alarm reads, or an expression over the others. */
export interface AlarmSeries {
  id: string
  metric?: AlarmMetric
  expression?: string
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
  evaluationPeriods: number
  datapointsToAlarm: number
  /** Undefined for an alarm on a band. */
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
