import { type Delay, noDelay } from '../../faults/delays.ts'
import { subjectsOfMetric } from '../../faults/subjects.ts'
import type { Persistent } from '../../state/persistent.ts'
import type { Datum } from '../../telemetry.ts'
import { createMetricRecords, type MetricRecords } from './metric-records.ts'
import type { Bin, MetricName, Series } from './series.ts'
import { createSeriesIndex } from './series-index.ts'
import { addSummary, addValue, emptySummary, type Summary } from './summary.ts'

/**
 * How long CloudWatch keeps seconds, and how long minutes, milliseconds. This limits the memory: a series has at most
 * one bin for each second of three hours, and one for each minute before.
 */
const keepsSeconds = 3 * 3_600_000
const keepsMinutes = 15 * 24 * 3_600_000
const binLength = 1000
const minute = 60_000

/** Holds the metrics of the account in one Region. Each unit of a metric is a series of its own. */
export interface MetricStore {
  record(datum: Datum, times?: number): void
  recordSummary(datum: Omit<Datum, 'value'>, summary: Summary): void
  /** The series of a metric, in the order of their units. */
  find(metric: MetricName): Series[]
  all(): Iterable<Series>
}

/** The metrics of all Regions. */
export interface MetricStores {
  of(region: string): MetricStore
  /** Sums old seconds up to minutes, and drops old minutes. */
  forget(now: number): void
  readonly persistent: Persistent[]
}

/** @param delay by the namespace, the metric, and both as in `AWS/Lambda:Errors` */
export function createMetricStores(delay: Delay = noDelay): MetricStores {
  const index = createSeriesIndex()
  let lastId = 0
  const records = createMetricRecords({
    setSeries(id, saved) {
      lastId = Math.max(lastId, id)
      const before = index.byId.get(id)
      if (before) index.remove(before)
      if (saved) index.add({ bins: before?.bins ?? [], ...saved, id })
    },
    setBin: (id, start, bin) => replaceBin(index.byId.get(id)?.bins ?? [], start, bin),
  })
  const late = (datum: Omit<Datum, 'value'>, work: () => void) =>
    delay(namesOf(datum), work, () => subjectsOfMetric(datum.dimensions))
  function seriesFor(region: string, { namespace, name, dimensions, unit }: Omit<Datum, 'value'>): Series {
    const known = index.of(region, { namespace, name, dimensions })?.get(unit)
    if (known) return known
    const series = index.add({ id: ++lastId, region, namespace, name, dimensions, unit, bins: [] })
    records.series(series)
    return series
  }
  function binFor(region: string, datum: Omit<Datum, 'value'>): Bin {
    const series = seriesFor(region, datum)
    const bin = binAt(series.bins, Math.floor(datum.timestamp / binLength) * binLength)
    // The next turn sums up a late datum, too.
    series.rolledUpTo = Math.min(series.rolledUpTo ?? 0, minuteOf(datum.timestamp))
    records.bin(series, bin)
    return bin
  }

  return {
    persistent: records.persistent,
    of: (region) => ({
      record: (datum, times = 1) => late(datum, () => addValue(binFor(region, datum), datum.value, times)),
      recordSummary: (datum, summary) => late(datum, () => addSummary(binFor(region, datum), summary)),
      find: (metric) =>
        Array.from(index.of(region, metric)?.values() ?? []).toSorted((left, right) =>
          left.unit < right.unit ? -1 : 1,
        ),
      all: () => [...index.byId.values()].filter((series) => series.region === region),
    }),
    forget(now) {
      for (const series of index.byId.values()) {
        rollUp(series, now, records)
        if (series.bins.length > 0) continue
        index.remove(series)
        records.seriesGone(series)
      }
    },
  }
}

function namesOf({ namespace, name }: Pick<Datum, 'namespace' | 'name'>): string[] {
  return [namespace, name, `${namespace}:${name}`]
}

/** Sums the seconds before `keepsSeconds` up to minutes, and drops the minutes before `keepsMinutes`. */
function rollUp(series: Series, now: number, records: MetricRecords): void {
  const { bins } = series
  for (const bin of bins.splice(0, indexAt(bins, now - keepsMinutes))) records.binGone(series, bin)
  const end = minuteOf(now - keepsSeconds)
  const from = indexAt(bins, series.rolledUpTo ?? 0)
  series.rolledUpTo = end
  const old = bins.splice(from, Math.max(0, indexAt(bins, end) - from))
  const minutes: Bin[] = []
  for (const bin of old) {
    // A bin at the start of a minute is the first of it, and takes the others.
    if (bin.start === minuteOf(bin.start)) {
      minutes.push(bin)
      continue
    }
    const whole = binAt(minutes, minuteOf(bin.start))
    addSummary(whole, bin)
    records.bin(series, whole)
    records.binGone(series, bin)
  }
  bins.splice(from, 0, ...minutes)
}

/** The start of the minute of a moment. */
function minuteOf(moment: number): number {
  return Math.floor(moment / minute) * minute
}

/**
 * Sums a series up by period.
 *
 * @param period in milliseconds
 * @param start of the range, inclusive, rounded down to the period; its end is exclusive
 * @returns summaries by the start of their period, in the order of time, without periods that have no data
 */
export function byPeriod(
  series: Series,
  period: number,
  { start, end }: { start: number; end: number },
): Map<number, Summary> {
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
