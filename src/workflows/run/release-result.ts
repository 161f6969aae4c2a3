/** How the release of one function came out. */
export interface ReleaseResult {
  function: string
  /**
   * `waiting` where its follower left it before the end, `idle` where there was nothing to carry on, `configured` where
   * nothing was published and only settings that belong to no version were applied.
   */
  outcome: 'released' | 'unchanged' | 'configured' | 'planned' | 'waiting' | 'idle'
  /** The version that holds 100%, or that would be replaced by a planned one. */
  version: string | undefined
  /** The version before it. */
  previous: string | undefined
  /** When something is due next, milliseconds since the epoch; set for `waiting`. */
  next?: number
}
