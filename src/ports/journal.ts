/** One entry of a release's journal; JSON. */
export interface JournalEntry {
  time: number
  [field: string]: unknown
}

/** The append-only record of releases, one stream a release. */
export interface Journal {
  append(releaseId: string, entry: JournalEntry): Promise<void>
}
