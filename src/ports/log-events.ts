/** A log event as CloudWatch Logs keeps it. */
export interface LogEvent {
  /** Unique; the same in every answer. */
  id: string
  stream: string
  /** Milliseconds since the epoch. */
  timestamp: number
  ingested: number
  message: string
}

export interface LogPage {
  events: LogEvent[]
  /** Set while there is more; a page may be empty and still have it. */
  next: string | undefined
}

/** Log events of one group, over all its streams. */
export interface LogEvents {
  /**
   * One page of what has a timestamp from `since` on, in order.
   *
   * @throws LambdactlError NOT_FOUND while the group does not exist
   */
  page(group: string, since: number, next?: string): Promise<LogPage>
}
