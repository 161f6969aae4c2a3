import type { AlarmState } from '../release/values/observed.ts'

/** The whole definition of a metric alarm. */
export interface AlarmDefinition {
  name: string
  description?: string | undefined
  metric: NonNullable<AlarmState['metric']>
  /** Such as `Sum`; undefined for a percentile. */
  statistic?: string | undefined
  /** Such as `p99`. */
  extendedStatistic?: string | undefined
  unit?: string | undefined
  periodSeconds: number
  evaluationPeriods: number
  datapointsToAlarm?: number | undefined
  threshold: number
  /** CloudWatch's name: `GreaterThanThreshold`. */
  comparison: string
  /** `missing` by default. */
  missingData: string
  /** The setting for a percentile of few samples. */
  lowSamples?: string | undefined
  /** ARNs. */
  actions: {
    areOn: boolean
    ok: readonly string[]
    alarm: readonly string[]
    insufficientData: readonly string[]
  }
}

/** CloudWatch alarms, metric and composite. */
export interface Alarms {
  /** The existing alarms of these names, and all whose names begin with one of the prefixes; each alarm once. */
  describe(names: readonly string[], prefixes?: readonly string[]): Promise<AlarmState[]>
  /** Undefined for a missing alarm, a composite alarm, and an alarm on an expression. */
  definition(name: string): Promise<AlarmDefinition | undefined>
}
