import { Changes } from '../../state/changes.ts'
import type { Persistent } from '../../state/persistent.ts'
import type { Series } from './series.ts'

type SavedSeries = Omit<Series, 'id' | 'bins' | 'completeFrom'>

/** Collects the changes of series: one record for each by its id. */
export interface MetricRecords {
  series(series: Series): void
  seriesGone(series: Series): void
  persistent: Persistent
}

/** @param setSeries gets the records back at a start */
export function createMetricRecords(
  setSeries: (id: number, saved: SavedSeries | undefined) => void,
): MetricRecords {
  const changes = new Changes<Series>(
    ({ region, namespace, name, dimensions, unit }): SavedSeries => ({
      region,
      namespace,
      name,
      dimensions,
      unit,
    }),
  )
  return {
    series: (one) => changes.note(String(one.id), one),
    seriesGone: (one) => changes.note(String(one.id), undefined),
    persistent: changes.keptAs('metric', (rows) => {
      for (const [id, record] of rows) setSeries(Number(id), record as SavedSeries | undefined)
    }),
  }
}
