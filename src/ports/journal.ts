/** One entry of a release's journal; JSON. */
export interface JournalEntry {
  /** Milliseconds since the epoch. */
  time: number
  [field: string]: unknown
}

/** The append-only record: one stream for each release, and some for each function. */
export interface Journal {
  append(releaseId: string, entry: JournalEntry): Promise<void>
  /** A release's entries in order; empty if there is no such release. */
  read(releaseId: string): Promise<JournalEntry[]>
  /** The entries of all streams whose names begin so, in order, each with its stream as `release`. */
  beginning(prefix: string): Promise<JournalEntry[]>
  /**
   * The entries of all releases since a moment, in order, each with its `release`.
   *
   * @param lambdaName leaves out entries of other functions
   */
  since(time: number, lambdaName?: string): Promise<JournalEntry[]>
}
