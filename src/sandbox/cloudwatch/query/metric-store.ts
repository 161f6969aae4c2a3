import type { Persistent } from '../../state/persistent.ts'
import type { Datum } from '../../telemetry.ts'
import { createMetricRecords } from './metric-records.ts'
import type { Bin, Series } from './series.ts'
import { addSummary, addValue, emptySummary, type Summary } from './summary.ts'

/** How long data is kept. This limits the memory: a series has at most one bin for each second. */
const retention = 3 * 3_600_000
const binLength = 1000

/** Names a series; no `dimensions` means the metric without dimensions. */
export interface MetricName {
  namespace: string
  name: string
  dimensions: Readonly<Record<string, string>>
}

/** Holds the metrics of the account in one Region, by seconds, for `retention`. */
export interface MetricStore {
  record(datum: Datum, times?: number): void
  recordSummary(datum: Omit<Datum, 'value'>, summary: Summary): void
  find(metric: MetricName): Series | undefined
  all(): Iterable<Series>
}

/** The metrics of all Regions. */
export interface MetricStores {
  of(region: string): MetricStore
  /** Drops data older than `retention`. */
  forget(now: number): void
  readonly persistent: Persistent[]
}

export function createMetricStores(): MetricStores {
  const byKey = new Map<string, Series>()
  const byId = new Map<number, Series>()
  let lastId = 0
  const records = createMetricRecords({
    setSeries(id, saved) {
      lastId = Math.max(lastId, id)
      const before = byId.get(id)
      if (before) remove(before)
      if (saved) add({ bins: before?.bins ?? [], ...saved, id })
    },
    setBin: (id, start, bin) => replaceBin(byId.get(id)?.bins ?? [], start, bin),
  })

  function add(series: Series): Series {
    byKey.set(regionalKey(series.region, series), series)
    byId.set(series.id, series)
    return series
  }
  function remove(series: Series): void {
    byKey.delete(regionalKey(series.region, series))
    byId.delete(series.id)
  }
  /** The series of a datum, with its unit. */
  function seriesFor(region: string, datum: Omit<Datum, 'value'>): Series {
    const { namespace, name, dimensions, unit } = datum
    const known = byKey.get(regionalKey(region, datum))
    if (known?.unit === unit) return known
    const series = known ?? add({ id: ++lastId, region, namespace, name, dimensions, unit, bins: [] })
    series.unit = unit
    records.series(series)
    return series
  }
  function binFor(region: string, datum: Omit<Datum, 'value'>): Bin {
    const series = seriesFor(region, datum)
    const bin = binAt(series.bins, Math.floor(datum.timestamp / binLength) * binLength)
    records.bin(series, bin)
    return bin
  }

  return {
    persistent: records.persistent,
    of: (region) => ({
      record: (datum, times = 1) => addValue(binFor(region, datum), datum.value, times),
      recordSummary: (datum, summary) => addSummary(binFor(region, datum), summary),
      find: (metric) => byKey.get(regionalKey(region, metric)),
      all: () => [...byKey.values()].filter((series) => series.region === region),
    }),
    forget(now) {
      for (const series of byKey.values()) {
        const old = series.bins.splice(0, indexAt(series.bins, now - retention))
        for (const bin of old) records.binGone(series, bin)
        if (series.bins.length > 0) continue
        remove(series)
        records.seriesGone(series)
      }
    },
  }
}

/**
 * Sums a series up by period.
 *
 * @param period in milliseconds
 * @param start inclusive, rounded down to the period
 * @param end exclusive
 * @returns summaries by the start of their period, in the order of time, without periods that have no data
 */
export function byPeriod(series: Series, period: number, start: number, end: number): Map<number, Summary> {
  const periods = new Map<number, Summary>()
  const first = indexAt(series.bins, Math.floor(start / period) * period)
  for (let index = first; index < series.bins.length; index++) {
    const bin = series.bins[index]
    if (!bin || bin.start >= end) break
    const at = Math.floor(bin.start / period) * period
    const summary = periods.get(at) ?? emptySummary()
    addSummary(summary, bin)
    periods.set(at, summary)
  }
  return periods
}

function binAt(bins: Bin[], start: number): Bin {
  const last = bins.at(-1)
  if (last?.start === start) return last
  const index = last && last.start > start ? indexAt(bins, start) : bins.length
  const found = bins[index]
  if (found?.start === start) return found
  const bin = { start, ...emptySummary() }
  bins.splice(index, 0, bin)
  return bin
}

/** Replaces the bin that starts at this time; undefined removes it. */
function replaceBin(bins: Bin[], start: number, bin: Bin | undefined): void {
  const index = indexAt(bins, start)
  bins.splice(index, bins[index]?.start === start ? 1 : 0, ...(bin ? [bin] : []))
}

/** The index of the first bin at or after a moment. */
function indexAt(bins: Bin[], start: number): number {
  let low = 0
  let high = bins.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((bins[middle]?.start ?? 0) < start) low = middle + 1
    else high = middle
  }
  return low
}

function regionalKey(region: string, metric: MetricName): string {
  return `${region}\0${keyOf(metric)}`
}

/** Returns the key that identifies a series in its Region. */
export function keyOf({ namespace, name, dimensions }: MetricName): string {
  let key = `${namespace}\0${name}`
  for (const dimension of Object.keys(dimensions).toSorted())
    key += `\0${dimension}\0${dimensions[dimension]}`
  return key
}
