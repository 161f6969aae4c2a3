import type { PutCompositeAlarmInput, PutMetricAlarmInput, StateValue } from '@aws-sdk/client-cloudwatch'
import type { AlarmRule } from './alarm-rule.ts'

/** An alarm's state with its reason. Times are milliseconds since the epoch. */
export interface AlarmState {
  value: StateValue
  reason: string
  /** JSON. */
  reasonData?: string | undefined
  /** The last time at which state or reason was set. */
  updated: number
  /** The last time at which the state changed. */
  transitioned: number
}

interface AlarmRecord {
  name: string
  arn: string
  /** The last time at which PutMetricAlarm or PutCompositeAlarm wrote it. */
  configured: number
  state: AlarmState
  tags?: Readonly<Record<string, string>> | undefined
  /** Not evaluated before this time: the state from SetAlarmState holds until AWS would evaluate next. */
  heldUntil: number
}

/** `definition` is the request that made the alarm, so all of it is JSON. */
export interface MetricAlarmRecord extends AlarmRecord {
  kind: 'metric'
  definition: PutMetricAlarmInput
}

export interface CompositeAlarmRecord extends AlarmRecord {
  kind: 'composite'
  definition: PutCompositeAlarmInput
  rule: AlarmRule
}

export type Alarm = MetricAlarmRecord | CompositeAlarmRecord

/** The state that a new alarm starts in. */
export function initialState(now: number): AlarmState {
  return {
    value: 'INSUFFICIENT_DATA',
    reason: 'Unchecked: Initial alarm creation',
    updated: now,
    transitioned: now,
  }
}

export function regionOf({ arn }: Alarm): string {
  return arn.split(':')[3] ?? ''
}
