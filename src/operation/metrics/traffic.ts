/** The value of a minute that begins so, milliseconds since the epoch. */
interface MinuteValue {
  time: number
  value: number
}

/** CloudWatch's figures of each minute; a minute without any is left out. */
export interface MinuteSeries {
  invocations: readonly MinuteValue[]
  errors: readonly MinuteValue[]
  throttles: readonly MinuteValue[]
  /** Percentiles of Duration, milliseconds. */
  p50?: readonly MinuteValue[]
  p99?: readonly MinuteValue[]
}

/** A minute with its counts. */
interface CountedMinute {
  /** Its begin, milliseconds since the epoch. */
  time: number
  /** How many. */
  invocations: number
  /** How many. */
  errors: number
}

/** The traffic of some minutes. A figure is absent if CloudWatch has no data for it: it is unknown, and not 0. */
export interface TrafficSum {
  invocations?: number
  errors?: number
  throttles?: number
  /** Failed invocations by all, 0 to 1; absent without invocations. */
  errorRate?: number
  /** The median of the minutes' medians of Duration, each as often as it had invocations; milliseconds. */
  p50Ms?: number
  /** The highest of the minutes' 99th percentiles of Duration; milliseconds. */
  p99Ms?: number
  /** The minutes with data, in the order of time. */
  minutes: CountedMinute[]
}

/** Sums minutes up. Percentiles of minutes can't be summed, so the middle and the highest one stand for all. */
export function sumOf(series: MinuteSeries): TrafficSum {
  const invocations = total(series.invocations)
  const errors = total(series.errors)
  const throttles = total(series.throttles)
  const p50Ms = weightedMedian(series.p50 ?? [], series.invocations)
  const p99 = series.p99 ?? []
  return {
    ...(invocations !== undefined && { invocations }),
    ...(errors !== undefined && { errors }),
    ...(throttles !== undefined && { throttles }),
    ...(invocations !== undefined && invocations > 0 && { errorRate: (errors ?? 0) / invocations }),
    ...(p50Ms !== undefined && { p50Ms }),
    ...(p99.length > 0 && { p99Ms: Math.max(...p99.map(({ value }) => value)) }),
    minutes: minutesOf(series),
  }
}

function total(values: readonly MinuteValue[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, { value }) => sum + value, 0)
}

function weightedMedian(values: readonly MinuteValue[], weights: readonly MinuteValue[]): number | undefined {
  const weightAt = new Map(weights.map(({ time, value }) => [time, value]))
  const sorted = values.toSorted((one, other) => one.value - other.value)
  const weightOf = ({ time }: MinuteValue) => weightAt.get(time) ?? 1
  let left = sorted.reduce((sum, each) => sum + weightOf(each), 0) / 2
  return sorted.find((each) => (left -= weightOf(each)) <= 0)?.value
}

function minutesOf({ invocations, errors }: MinuteSeries): CountedMinute[] {
  const errorsAt = new Map(errors.map(({ time, value }) => [time, value]))
  return invocations.map(({ time, value }) => ({
    time,
    invocations: value,
    errors: errorsAt.get(time) ?? 0,
  }))
}
