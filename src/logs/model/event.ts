/** A log event as CloudWatch Logs keeps it. Times are milliseconds since the epoch. */
export interface LogEvent {
  /** Unique; the same in every answer. */
  id: string
  group: string
  stream: string
  /** The writer's time, from its own clock; up to two hours ahead. */
  timestamp: number
  /** The time at which CloudWatch took it. */
  ingested: number
  message: string
}
