import type { Summary } from './summary.ts'

/** The values in one second of a series; of older data in one minute. */
export interface Bin extends Summary {
  /** The bin's start, in milliseconds since the epoch. */
  start: number
}

/** Names a metric; no `dimensions` means the metric without dimensions. */
export interface MetricName {
  namespace: string
  name: string
  dimensions: Readonly<Record<string, string>>
}

/** One unit of a metric: a name within a namespace, with one set of dimensions. */
export interface Series extends MetricName {
  /** Identifies the series in this sandbox. */
  id: number
  region: string
  unit: string
  /** The newest bins, in the order of time, without empty seconds. */
  bins: Bin[]
  /** `bins` has all bins since this time; the database has them all, with the next commit. Infinity: none is read yet. */
  completeFrom: number
}

/** Returns the key that identifies a metric in its Region. */
export function keyOf({ namespace, name, dimensions }: MetricName): string {
  let key = `${namespace}\0${name}`
  for (const dimension of Object.keys(dimensions).toSorted())
    key += `\0${dimension}\0${dimensions[dimension]}`
  return key
}
