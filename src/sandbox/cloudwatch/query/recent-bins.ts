import type { BinTable, Span } from './bin-table.ts'
import { binAt, indexAt, minuteOf, secondOf } from './bins.ts'
import type { Bin, Series } from './series.ts'
import { addSummary, emptySummary, type Summary } from './summary.ts'

/** How long CloudWatch keeps seconds, milliseconds; after that the database has minutes. */
const keepsSeconds = 3 * 3_600_000

/** The bins of this time are in memory, milliseconds: alarms read them each second. */
const remembers = 15 * 60_000

/**
 * The periods of a range. Its start is rounded down to the period. Summaries are by the start of their period, in the
 * order of time, without periods that have no data.
 */
export interface Periods extends Span {
  /** Milliseconds. */
  period: number
  /** Whether a percentile is read from the summaries. */
  hasValues: boolean
}

/** The newest bins of all series in memory, before the table of all bins. */
export interface RecentBins {
  /** The bin of a moment, which is written with the next commit. */
  binFor(series: Series, timestamp: number): Bin
  /** Sums a series up by period. */
  byPeriod(series: Series, periods: Periods): Map<number, Summary>
  /** Tells the time. @returns the start of the seconds that are kept */
  moveTo(now: number, all: Iterable<Series>): number
}

export function createRecentBins(table: BinTable): RecentBins {
  let now = 0
  return {
    binFor(series, timestamp) {
      load(table, series, now - remembers)
      const isOld = timestamp < minuteOf(now - keepsSeconds)
      const start = isOld ? minuteOf(timestamp) : secondOf(timestamp)
      const bin =
        start < series.completeFrom
          ? (table.read(series.id, { start, end: start + 1 })[0] ?? { start, ...emptySummary() })
          : binAt(series.bins, start)
      table.put(series.id, bin)
      return bin
    },
    byPeriod: (series, periods) => byPeriod(table, load(table, series, now - remembers), periods),
    moveTo(present, all) {
      const before = minuteOf(present - remembers)
      if (minuteOf(present) !== minuteOf(now)) for (const series of all) evict(series, before)
      now = present
      return minuteOf(now - keepsSeconds)
    },
  }
}

/** The bins of a series of which only the database has any. */
export function notLoaded(): Pick<Series, 'bins' | 'completeFrom'> {
  return { bins: [], completeFrom: Infinity }
}

/** Reads the newest bins of a series whose bins are only in the database. */
function load(table: BinTable, series: Series, from: number): Series {
  if (series.completeFrom < Infinity) return series
  const completeFrom = minuteOf(from)
  return Object.assign(series, {
    bins: table.read(series.id, { start: completeFrom, end: Infinity }),
    completeFrom,
  })
}

/** Leaves bins before a moment to the database. */
function evict(series: Series, before: number): void {
  if (series.completeFrom === Infinity) return
  series.bins.splice(0, indexAt(series.bins, before))
  // The clock may go back.
  series.completeFrom = Math.max(series.completeFrom, before)
}

function byPeriod(
  table: BinTable,
  { id, bins, completeFrom }: Series,
  { period, start, end, hasValues }: Periods,
): Map<number, Summary> {
  const from = Math.floor(start / period) * period
  const old = from < completeFrom ? { start: from, end: Math.min(end, completeFrom) } : undefined
  const stored = old ? table.sums(id, period, old, hasValues) : []
  const periods = new Map<number, Summary>(stored.map((bin) => [bin.start, bin]))
  for (let index = indexAt(bins, from); index < bins.length; index++) {
    const bin = bins[index]
    if (!bin || bin.start >= end) break
    const at = Math.floor(bin.start / period) * period
    const summary = periods.get(at) ?? emptySummary()
    addSummary(summary, bin)
    periods.set(at, summary)
  }
  return periods
}
