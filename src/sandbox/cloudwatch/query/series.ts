import type { Summary } from './summary.ts'

/** The values in one second of a series. */
export interface Bin extends Summary {
  /** The bin's start, in milliseconds since the epoch. */
  start: number
}

/** One metric: a name within a namespace, with one set of dimensions. */
export interface Series {
  /** Identifies the series in this sandbox. */
  id: number
  region: string
  namespace: string
  name: string
  dimensions: Readonly<Record<string, string>>
  /** The unit of its newest data. Unlike AWS, the sandbox has no series for each unit. */
  unit: string
  /** In the order of time, without empty seconds. */
  bins: Bin[]
}
