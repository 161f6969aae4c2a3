import type { Minute } from '../release/plan/comparison.ts'

/** Two versions behind one alias. */
export interface ComparedVersions {
  functionName: string
  alias: string
  candidate: string
  stable: string
}

/**
 * The dimensions of a Lambda metric. Without any the metric covers the Region; `function` alone covers all calls of a
 * function, `qualifier` too the calls by that alias or version, and `version` too the calls by that alias which ran that
 * version. Calls by an alias are not among those with the version as `qualifier`.
 */
export interface MetricSubject {
  /** The name in Lambda. */
  function?: string
  /** An alias or a version. */
  qualifier?: string
  /** Needs an alias as `qualifier`. */
  version?: string
  /** The name of a queue in SQS, alone: then the metric is one of SQS. */
  queue?: string
}

/** A question for one statistic of one of Lambda's metrics, or of SQS's for a queue. */
export interface SeriesQuery {
  /** CloudWatch's name: `Invocations`. */
  metric: string
  of: MetricSubject
  /** CloudWatch's name: `Sum`, `Average`, `Minimum`, `Maximum`, `SampleCount`, `p99`. */
  statistic: string
}

/** The time that series cover. CloudWatch keeps minutes for 15 days, 5 minutes for 63 days, and hours for 455 days. */
export interface SeriesSpan {
  /** Inclusive; milliseconds since the epoch. CloudWatch rounds it down to a period. */
  from: number
  /** Exclusive. */
  until: number
  /** The length of the time that one value covers: a multiple of a minute. */
  periodMs: number
}

/** A value of a period that begins so, milliseconds since the epoch. */
export interface Point {
  /** Milliseconds since the epoch. */
  time: number
  /** In the unit of its metric. */
  value: number
}

/** The values that CloudWatch has, in the order of time: a period without any is left out, and is not 0. */
export interface Series<Query extends SeriesQuery = SeriesQuery> {
  query: Query
  points: Point[]
}

/** The requests that Lambda throttled in a time that begins so, milliseconds since the epoch: a minute, or an hour long ago. */
export interface Throttled {
  /** Milliseconds since the epoch. */
  time: number
  /** How many requests. */
  count: number
}

/** Lambda's own metrics in CloudWatch. */
export interface Metrics {
  /**
   * Reads any number of series, 500 in a call. CloudWatch asks 0.01 USD for 1,000 of them.
   *
   * @returns one for each query, in their order; an unknown metric, function or version has no points
   * @throws LambdactlError NOT_PERMITTED, AWS_UNAVAILABLE
   */
  series<Query extends SeriesQuery>(queries: readonly Query[], span: SeriesSpan): Promise<Series<Query>[]>
  /**
   * Reads the counts of two versions through their alias, for each minute, in the order of time. Minutes without
   * traffic for both are left out.
   *
   * @param from inclusive, rounded down to the minute; milliseconds since the epoch
   * @param until exclusive
   */
  traffic(versions: ComparedVersions, from: number, until: number): Promise<Minute[]>
  /** Reads the counts without durations, at half the price. */
  counts(versions: ComparedVersions, from: number, until: number): Promise<Minute[]>
  /**
   * Reads how many requests of a function Lambda throttled, over all its versions and aliases, in the order of time. Times
   * without any are left out.
   *
   * @param periodMs the length of each time
   */
  throttles(
    functionName: string,
    span: { from: number; until: number; periodMs: number },
  ): Promise<Throttled[]>
}
