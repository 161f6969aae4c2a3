/** How the release of one function came out. */
export interface ReleaseResult {
  function: string
  /**
   * `waiting`: the process left it before the end. `idle`: there was nothing to carry on. `configured`: nothing was
   * published, and only settings that belong to no version were applied.
   */
  outcome: 'released' | 'unchanged' | 'configured' | 'planned' | 'waiting' | 'idle'
  /** The version that holds 100%, or the one that a planned release would replace. */
  version: string | undefined
  /** The version before it. */
  previous: string | undefined
  /** Set for `idle` if the last release did not end well, or there was none: how it is instead, in one sentence. */
  last?: string
  /** The time of the next step, milliseconds since the epoch; set for `waiting`. */
  next?: number
}
