import type { Point } from '../../ports/metrics.ts'

/** A metric over time. */
export interface MetricSeries {
  /** CloudWatch's name, as `Invocations`; `ColdStarts`, `InitDuration`, `MaxMemoryUsed` and `MemorySize` are from the log. */
  metric: string
  /** `Sum`, `Maximum`, `p99` and the like. */
  statistic: string
  unit: 'count' | 'ms' | 'MB'
  /** The version that ran, of the calls by the alias; absent for all calls of the function. */
  version?: string
  /** In the order of time; a period that has no data is left out. */
  points: Point[]
}

export interface FunctionMetrics {
  function: string
  lambdaName: string
  /** Inclusive; milliseconds since the epoch. */
  from: number
  /** Exclusive; milliseconds since the epoch. */
  until: number
  /** The time that one value covers, milliseconds. */
  periodMs: number
  series: MetricSeries[]
  /** The bytes of the log that were read, which AWS charges for; absent if it was not read. */
  logBytes?: number
  /** The reason why the log could not be read. */
  logUnknown?: string
}
