/** Counts of a tail, for its summary. */
export interface Tally {
  /** Lines. */
  shown: number
  /** Lines. */
  late: number
  /** Times in which lines are missing that can't be read any more. */
  gaps: number
  /** Log groups that may not be read. */
  denied: string[]
  /** How often AWS was asked again. */
  retried: number
  /**
   * Log groups for which AWS did not answer when the time of the tail was over, and functions if it had not answered at
   * all; absent for none.
   */
  unanswered?: string[]
  /** The number of groups, if they are so many that the account's calls a second make lines come later. */
  groups?: number
  /** The calls that read log events, while the tail followed. */
  calls?: number
  /** The same, a second. */
  callsPerSecond?: number
}

export function emptyTally(): Tally {
  return { shown: 0, late: 0, gaps: 0, denied: [], retried: 0 }
}
