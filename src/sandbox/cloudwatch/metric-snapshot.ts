import type { Bin, MetricStore, Series } from './metric-store.ts'

/** A series as JSON: its bins are `[start, sum, minimum, maximum, count, [value, times][]]`. */
type SavedBin = [number, number, number, number, number, [number, number][]]
interface SavedSeries extends Omit<Series, 'bins'> {
  bins: SavedBin[]
}

export function saveMetrics(store: MetricStore): SavedSeries[] {
  return Array.from(store.all(), (series) => ({ ...series, bins: series.bins.map(saveBin) }))
}

export function loadMetrics(store: MetricStore, saved: SavedSeries[]): void {
  store.load(saved.map((series) => ({ ...series, bins: series.bins.map(loadBin) })))
}

function saveBin({ start, sum, minimum, maximum, count, seen }: Bin): SavedBin {
  return [start, sum, minimum, maximum, count, [...seen]]
}

function loadBin([start, sum, minimum, maximum, count, seen]: SavedBin): Bin {
  return { start, sum, minimum, maximum, count, seen: new Map(seen) }
}
