import { keyOf, type MetricName, type Series } from './series.ts'

/** All series of the account, by their ids and by their metrics. */
export interface SeriesIndex {
  byId: ReadonlyMap<number, Series>
  /** The series of a metric by their units. */
  of(region: string, metric: MetricName): ReadonlyMap<string, Series> | undefined
  add(series: Series): Series
  remove(series: Series): void
}

export function createSeriesIndex(): SeriesIndex {
  const byMetric = new Map<string, Map<string, Series>>()
  const byId = new Map<number, Series>()
  return {
    byId,
    of: (region, metric) => byMetric.get(regionalKey(region, metric)),
    add(series) {
      const key = regionalKey(series.region, series)
      byMetric.set(key, (byMetric.get(key) ?? new Map<string, Series>()).set(series.unit, series))
      byId.set(series.id, series)
      return series
    },
    remove(series) {
      const key = regionalKey(series.region, series)
      const units = byMetric.get(key)
      units?.delete(series.unit)
      if (units?.size === 0) byMetric.delete(key)
      byId.delete(series.id)
    },
  }
}

function regionalKey(region: string, metric: MetricName): string {
  return `${region}\0${keyOf(metric)}`
}
