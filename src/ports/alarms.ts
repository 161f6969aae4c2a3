import type { WholeAlarm } from '../release/values/alarms.ts'
import type { AlarmCondition, AlarmState } from '../release/values/observed.ts'

/** The whole definition of a metric alarm. */
export interface AlarmDefinition {
  name: string
  description?: string | undefined
  metric: NonNullable<AlarmState['metric']>
  /** Such as `Sum`; undefined for a percentile. */
  statistic?: string | undefined
  /** Such as `p99`. */
  extendedStatistic?: string | undefined
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

/** An alarm as CloudWatch shows it. */
export interface SeenAlarm extends AlarmState {
  /** Undefined for a composite alarm. */
  definition?: WholeAlarm
  /** The rule of a composite alarm. */
  rule?: string
  /** Whether its actions are carried out. */
  actionsAreOn: boolean
  /** ARNs: what it does when it fires. */
  actions: readonly string[]
}

/** An action that CloudWatch carried out, or could not. */
interface AlarmAction {
  /** Milliseconds since the epoch. */
  time: number
  /** CloudWatch's sentence. */
  summary: string
}

/** A change of an alarm's state. */
export interface AlarmTransition {
  /** Milliseconds since the epoch. */
  time: number
  from: AlarmCondition
  to: AlarmCondition
  /** CloudWatch's own reason for the new state. */
  reason: string
}

/** The definitions of alarms, their tags and their states, to read and to change. */
export interface AlarmSettings {
  /** The existing alarms of these names, in any order. */
  named(names: readonly string[]): Promise<SeenAlarm[]>
  /** All alarms of the account in the Region. */
  all(): Promise<SeenAlarm[]>
  /** @throws LambdactlError NOT_FOUND for an alarm that is gone */
  tags(alarm: { name: string; arn: string }): Promise<Readonly<Record<string, string>>>
  /** Makes an alarm with tags, or changes an existing one, whose tags stay as they are. */
  put(alarm: WholeAlarm, tags: Readonly<Record<string, string>>): Promise<void>
  /** Deletes alarms; those that are gone already do not matter. */
  remove(names: readonly string[]): Promise<void>
  /** Sets a state until CloudWatch evaluates the alarm again; the alarm's actions are carried out. */
  setState(name: string, condition: AlarmCondition, reason: string): Promise<void>
  /** The actions of an alarm since a time, the latest first. */
  actions(name: string, since: number): Promise<AlarmAction[]>
  /** The changes of an alarm's state since a time, in order. CloudWatch keeps them for 30 days. */
  transitions(name: string, since: number): Promise<AlarmTransition[]>
}
