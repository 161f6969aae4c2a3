import type { ReleaseRecord } from './record.ts'

/** A share of an alias's traffic that goes to a second version. */
export interface Weight {
  version: string
  /** 0 to 100. */
  percent: number
}

/** An alias as it was read. */
export interface AliasState {
  name: string
  /** The version that gets the rest of the traffic. */
  version: string
  weight?: Weight
  description: string
  /** Changes with every update, and guards the next one. */
  revisionId: string
}

/** The values that one UpdateAlias sets together. */
export interface AliasChange {
  version: string
  /** Undefined clears the weights. */
  weight: Weight | undefined
  record: ReleaseRecord
}

export type AlarmCondition = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'

/** A CloudWatch alarm as it was read. */
export interface AlarmState {
  name: string
  arn: string
  condition: AlarmCondition
  /** CloudWatch's own reason. */
  reason: string
  /** The last change of the condition, milliseconds since the epoch. */
  since: number
  /** Undefined for composite alarms and metric expressions. */
  metric?: AlarmMetric
  /** The metrics that an expression reads; absent for an alarm on one metric, and for a composite alarm. */
  metrics?: readonly AlarmMetric[]
  /** The limit for the metric; undefined for an alarm without one. */
  limit?: AlarmLimit
}

/** The value at which an alarm fires. */
export interface AlarmLimit {
  /** In the unit of its metric. */
  threshold: number
  /** CloudWatch's name: `GreaterThanThreshold`. */
  comparison: string
}

/** The one metric that an alarm watches. */
export interface AlarmMetric {
  namespace: string
  name: string
  dimensions: Readonly<Record<string, string>>
  /** CloudWatch's name: `Sum`, `p99`. */
  statistic?: string
  /** The length of time that one value covers. */
  periodMs?: number
  /** CloudWatch's name, `Milliseconds`: then values in other units do not count. */
  unit?: string
}

/**
 * The verdict of an alarm on a release. An `excused` alarm has fired since before the release, and breakglass went past
 * it.
 */
export type AlarmVerdict = Verdict['outcome'] | 'excused'

/** An alarm as it was read, and its verdict on the release that it gates. */
export interface JudgedAlarm extends AlarmState {
  verdict: AlarmVerdict
}

/** Something that invokes a function: a statement of its resource policy or an event source mapping. */
export interface Trigger {
  /** A name for a person: `s3.amazonaws.com (statement s3-upload)`. */
  description: string
  /** An event source mapping, a public function URL, or any other grant of the resource policy. */
  kind: 'mapping' | 'grant' | 'url'
  /** The id of an event source mapping. */
  uuid?: string
  /** The alias or version that it invokes; undefined for the function itself, which means $LATEST. */
  qualifier: string | undefined
  /** The service or account that a grant names, as in `s3.amazonaws.com`. */
  principal?: string
  /** Only of an event source mapping that reads a source of AWS. */
  batches?: BatchSettings
}

/** The treatment of batches by an event source mapping. */
export interface BatchSettings {
  /** The ARN of the queue or stream. */
  source: string
  /** Whether the function tells which items of a batch failed. */
  reportsFailedItems: boolean
  /** Retries of a batch from a stream; undefined: until its records expire. */
  retries?: number
  /** The ARN of the destination for failed batches; empty: none. */
  onFailure: string
  /** The most concurrent invocations for a queue; undefined: no limit of its own. */
  mostConcurrent?: number
  /** How long a batch of a queue is gathered, seconds; absent: not at all. */
  windowSeconds?: number
}

/** The result of a gate: missing data is `inconclusive`, never `pass`. */
export interface Verdict {
  outcome: 'pass' | 'fail' | 'inconclusive'
  reason: string
}
