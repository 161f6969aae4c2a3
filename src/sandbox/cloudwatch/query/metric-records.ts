import { Changes } from '../../state/changes.ts'
import type { Persistent, Row } from '../../state/persistent.ts'
import type { Bin, Series } from './series.ts'

/** A bin as JSON: `[sum, minimum, maximum, count, [value, times][]]`. */
type SavedBin = [number, number, number, number, [number, number][]]
type SavedSeries = Omit<Series, 'id' | 'bins'>

/** Collects the changes of metrics: one record for each series by its id, and one for each bin. */
export interface MetricRecords {
  series(series: Series): void
  seriesGone(series: Series): void
  bin(series: Series, bin: Bin): void
  binGone(series: Series, bin: Bin): void
  /** Series are applied before their bins. */
  persistent: Persistent[]
}

/** The store that gets the records back at a start. */
export interface MetricReceiver {
  setSeries(id: number, saved: SavedSeries | undefined): void
  setBin(id: number, start: number, bin: Bin | undefined): void
}

export function createMetricRecords(receiver: MetricReceiver): MetricRecords {
  const series = new Changes<Series>(
    ({ region, namespace, name, dimensions, unit }): SavedSeries => ({
      region,
      namespace,
      name,
      dimensions,
      unit,
    }),
  )
  const bins = new Changes<Bin>(saveBin)
  return {
    series: (one) => series.note(String(one.id), one),
    seriesGone: (one) => series.note(String(one.id), undefined),
    bin: (one, bin) => bins.note(`${one.id}/${bin.start}`, bin),
    binGone: (one, bin) => bins.note(`${one.id}/${bin.start}`, undefined),
    persistent: [
      {
        kind: 'metric',
        changes: () => series.take(),
        apply(rows) {
          for (const [id, record] of rows) receiver.setSeries(Number(id), record as SavedSeries | undefined)
        },
      },
      { kind: 'metric-second', changes: () => bins.take(), apply: (rows) => applyBins(receiver, rows) },
    ],
  }
}

function applyBins(receiver: MetricReceiver, rows: Iterable<Row>): void {
  for (const [key, record] of rows) {
    const [id = 0, start = 0] = key.split('/').map(Number)
    receiver.setBin(id, start, record === undefined ? undefined : loadBin(start, record as SavedBin))
  }
}

function saveBin({ sum, minimum, maximum, count, seen }: Bin): SavedBin {
  return [sum, minimum, maximum, count, [...seen]]
}

function loadBin(start: number, [sum, minimum, maximum, count, seen]: SavedBin): Bin {
  return { start, sum, minimum, maximum, count, seen: new Map(seen) }
}
