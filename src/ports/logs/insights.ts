/** A query of CloudWatch Logs Insights. Times are milliseconds since the epoch. */
export interface InsightsQuery {
  groups: readonly string[]
  /** In the language of Insights. */
  query: string
  since: number
  until: number
  /** The most rows. */
  limit: number
}

/** One row: names of fields and their values; fields without a value are left out. */
export type InsightsRow = Readonly<Record<string, string>>

export interface InsightsState {
  status: 'running' | 'complete' | 'failed' | 'cancelled' | 'timeout'
  /** The rows so far. */
  rows: InsightsRow[]
  /** The log events that were read and that matched, and the bytes that were read, so far. AWS charges by the bytes. */
  scanned: number
  matched: number
  bytes: number
}

/** CloudWatch Logs Insights. */
export interface Insights {
  /** Starts a query, and returns its id. @throws LambdactlError AWS_REFUSED for a query that Insights can't read */
  start(query: InsightsQuery): Promise<string>
  state(id: string): Promise<InsightsState>
  /** Stops a query; one that has ended stays so. */
  stop(id: string): Promise<void>
}
