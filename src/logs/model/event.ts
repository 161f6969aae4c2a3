/** A log event as CloudWatch Logs keeps it. Times are milliseconds since the epoch. */
export interface LogEvent {
  /** Unique; the same in every answer. */
  id: string
  group: string
  stream: string
  /** The time that the writer gave it: whatever its clock said, up to two hours ahead. */
  timestamp: number
  /** The time at which CloudWatch took it. */
  ingested: number
  message: string
}
