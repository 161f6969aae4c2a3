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
  /** The version that gets what no weight takes. */
  version: string
  weight?: Weight
  description: string
  /** Changes with every update; fences the next one. */
  revisionId: string
}

/** The values that one UpdateAlias sets, all together. */
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
  /** CloudWatch's own words of why. */
  reason: string
  /** Milliseconds since the epoch; when the condition last changed. */
  since: number
  /** Undefined for composite alarms and metric expressions. */
  metric?: AlarmMetric
}

/** The one metric that an alarm watches. */
export interface AlarmMetric {
  namespace: string
  name: string
  dimensions: Readonly<Record<string, string>>
  /** As CloudWatch writes it: `Sum`, `p99`. */
  statistic?: string
  /** How long one value counts for. */
  periodMs?: number
}

/** The outcome of an alarm for a release. An `excused` alarm has failed since before the release, and breakglass went past it. */
export type AlarmVerdict = Verdict['outcome'] | 'excused'

/** An alarm as it was read, and what it says of the release that it gates. */
export interface JudgedAlarm extends AlarmState {
  verdict: AlarmVerdict
}

/** Something that invokes a function: a statement of its resource policy or an event source mapping. */
export interface Trigger {
  /** For a person: `s3.amazonaws.com (statement s3-upload)`. */
  description: string
  /** An event source mapping, a function URL that is open to all, or whatever else the resource policy lets invoke it. */
  kind: 'mapping' | 'grant' | 'url'
  /** Of an event source mapping. */
  uuid?: string
  /** The alias or version that it invokes; undefined for the function itself, that is $LATEST. */
  qualifier: string | undefined
}

/** How a gate stands: missing data is `inconclusive`, never `pass`. */
export interface Verdict {
  outcome: 'pass' | 'fail' | 'inconclusive'
  reason: string
}
