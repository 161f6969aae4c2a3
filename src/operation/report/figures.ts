import { type MinuteSeries, sumOf, type TrafficSum } from '../metrics/traffic.ts'

/** The figures of a version within one period. A figure is absent if CloudWatch has none: it is unknown, and not 0. */
export interface PeriodFigures {
  /** Its begin, milliseconds since the epoch. */
  time: number
  /** How many. */
  invocations?: number
  /** How many. */
  errors?: number
  /** How many. */
  throttles?: number
  /** The median of Duration, milliseconds. */
  p50Ms?: number
  /** The 99th percentile of Duration, milliseconds. */
  p99Ms?: number
}

/** The calls of one version by the alias. */
export interface VersionFigures extends Omit<TrafficSum, 'minutes'> {
  version: string
  role: 'candidate' | 'stable'
  /** The periods that CloudWatch has figures of, in order. */
  periods: PeriodFigures[]
}

/** The figures of a version from its series. */
export function versionFigures(
  of: Pick<VersionFigures, 'version' | 'role'>,
  series: Required<MinuteSeries>,
): VersionFigures {
  const { minutes: _, ...sum } = sumOf(series)
  return { ...of, ...sum, periods: periodsOf(series) }
}

const figures = {
  invocations: 'invocations',
  errors: 'errors',
  throttles: 'throttles',
  p50: 'p50Ms',
  p99: 'p99Ms',
} as const

function periodsOf(series: Required<MinuteSeries>): PeriodFigures[] {
  const periods = new Map<number, PeriodFigures>()
  for (const [of, name] of Object.entries(figures) as [keyof MinuteSeries, keyof PeriodFigures][]) {
    for (const { time, value } of series[of])
      periods.set(time, { ...(periods.get(time) ?? { time }), [name]: value })
  }
  return [...periods.values()].toSorted((one, other) => one.time - other.time)
}
