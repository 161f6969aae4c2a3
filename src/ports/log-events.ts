/** A log event in CloudWatch Logs. */
export interface LogEvent {
  /** Unique, and the same at each read. */
  id: string
  stream: string
  /** Milliseconds since the epoch. */
  timestamp: number
  ingested: number
  message: string
}

export interface LogPage {
  events: LogEvent[]
  /** Set if there is more; an empty page may have it too. */
  next: string | undefined
}

/** Log events of one group, from all its streams. */
export interface LogEvents {
  /**
   * One page of the events with a timestamp from `since` on, in order.
   *
   * @throws LambdactlError NOT_FOUND while the group does not exist
   */
  page(group: string, since: number, next?: string): Promise<LogPage>
}
