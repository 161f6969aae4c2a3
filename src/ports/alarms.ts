import type { AlarmState } from '../release/values/observed.ts'

/** All that makes a metric alarm. */
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
  /** As CloudWatch writes it: `GreaterThanThreshold`. */
  comparison: string
  /** `missing` where the alarm says nothing. */
  missingData: string
  /** What a percentile of few samples comes to. */
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
  /** Those of the names that exist, and all whose names begin with one of the prefixes; each alarm once. */
  describe(names: readonly string[], prefixes?: readonly string[]): Promise<AlarmState[]>
  /** Undefined for one that does not exist, and for composite alarms and those of expressions. */
  definition(name: string): Promise<AlarmDefinition | undefined>
}
