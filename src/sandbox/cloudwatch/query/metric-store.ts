import { type Delay, noDelay } from '../../faults/delays.ts'
import { subjectsOfMetric } from '../../faults/subjects.ts'
import type { Part } from '../../state/persistent.ts'
import type { Datum } from '../../telemetry.ts'
import { createBinTable } from './bin-table.ts'
import { createMetricRecords } from './metric-records.ts'
import { createRecentBins, notLoaded, type Periods } from './recent-bins.ts'
import { sumUpSeconds } from './roll-up.ts'
import type { MetricName, Series } from './series.ts'
import { createSeriesIndex, type SeriesIndex } from './series-index.ts'
import { addSummary, addValue, type Summary } from './summary.ts'

/** How long CloudWatch keeps minutes, milliseconds. This limits the database. */
const keepsMinutes = 15 * 24 * 3_600_000

/** Holds the metrics of the account in one Region. Each unit of a metric is a series of its own. */
export interface MetricStore {
  record(datum: Datum): void
  recordSummary(datum: Omit<Datum, 'value'>, summary: Summary): void
  /** The series of a metric, in the order of their units. */
  find(metric: MetricName): Series[]
  all(): Iterable<Series>
  /** The start of the newest bin of a series, milliseconds since the epoch. */
  lastOf(series: Series): number | undefined
  /** Sums a series up by period. */
  byPeriod(series: Series, periods: Periods): Map<number, Summary>
}

/** The metrics of all Regions. */
export interface MetricStores {
  of(region: string): MetricStore
  /** Sums old seconds up to minutes, and drops old minutes. */
  forget(now: number): void
  readonly persistent: Part[]
}

/** @param delay by the namespace, the metric, and both as in `AWS/Lambda:Errors` */
export function createMetricStores(delay: Delay = noDelay): MetricStores {
  const index = createSeriesIndex()
  const table = createBinTable(() => {
    // The memory has changes that the database does not have. A commit may fail after the table has handed them over.
    for (const series of index.byId.values()) Object.assign(series, notLoaded())
  })
  const recent = createRecentBins(table)
  const { records, seriesFor } = createSeriesBook(index)
  const late = (datum: Omit<Datum, 'value'>, work: () => void) =>
    delay(namesOf(datum), work, () => subjectsOfMetric(datum.dimensions))
  const binFor = (region: string, datum: Omit<Datum, 'value'>) =>
    recent.binFor(seriesFor(region, datum), datum.timestamp)
  return {
    persistent: [table, records.persistent],
    of: (region) => ({
      record: (datum) => late(datum, () => addValue(binFor(region, datum), datum.value)),
      recordSummary: (datum, summary) => late(datum, () => addSummary(binFor(region, datum), summary)),
      find: (metric) =>
        Array.from(index.of(region, metric)?.values() ?? []).toSorted((left, right) =>
          left.unit < right.unit ? -1 : 1,
        ),
      all: () => [...index.byId.values()].filter((series) => series.region === region),
      lastOf: ({ id }) => table.lastOf(id),
      byPeriod: (series, periods) => recent.byPeriod(series, periods),
    }),
    forget(now) {
      sumUpSeconds(table, recent.moveTo(now, index.byId.values()))
      for (const id of table.removeMinutesBefore(now - keepsMinutes)) {
        const series = index.byId.get(id)
        if (!series || table.lastOf(id) !== undefined) continue
        index.remove(series)
        records.seriesGone(series)
      }
    },
  }
}

/** Makes series, and restores them. */
function createSeriesBook(index: SeriesIndex) {
  let lastId = 0
  const records = createMetricRecords((id, saved) => {
    lastId = Math.max(lastId, id)
    const before = index.byId.get(id)
    if (before) index.remove(before)
    if (saved) index.add({ ...notLoaded(), ...saved, id })
  })
  function seriesFor(region: string, { namespace, name, dimensions, unit }: Omit<Datum, 'value'>): Series {
    const known = index.of(region, { namespace, name, dimensions })?.get(unit)
    if (known) return known
    const whole = { bins: [], completeFrom: -Infinity }
    const series = index.add({ id: ++lastId, region, namespace, name, dimensions, unit, ...whole })
    records.series(series)
    return series
  }
  return { records, seriesFor }
}

function namesOf({ namespace, name }: Pick<Datum, 'namespace' | 'name'>): string[] {
  return [namespace, name, `${namespace}:${name}`]
}
