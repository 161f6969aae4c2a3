/** Counts of a tail, for its summary. */
export interface Tally {
  shown: number
  late: number
  /** Times in which lines are missing that can't be read any more. */
  gaps: number
  /** Log groups that may not be read. */
  denied: string[]
  /** How often AWS was asked again. */
  retried: number
}

export function emptyTally(): Tally {
  return { shown: 0, late: 0, gaps: 0, denied: [], retried: 0 }
}
