import type { LogEvent } from '../../logs/model/event.ts'

/** The events of about a second, without ids. */
export interface LiveUpdate {
  events: Omit<LogEvent, 'id'>[]
  /** Whether there were more than Live Tail gives. */
  isSampled: boolean
}

export interface LiveSession {
  /** The groups that exist, and are read by the session. */
  groups: readonly string[]
  /** Throws a LambdactlError when the session breaks off, and ends when AWS or the signal ends the session. */
  updates: AsyncIterable<LiveUpdate>
}

/** The content that a session of Live Tail reads. */
interface LiveQuery {
  /** The names of at most ten log groups. */
  groups: readonly string[]
  /** CloudWatch's filter pattern; absent for all. */
  pattern?: string | undefined
}

/** Live Tail of CloudWatch Logs, which is charged by the minute. */
export interface LiveTails {
  /** Starts a session, which the signal ends. @throws LambdactlError */
  start(query: LiveQuery, signal: AbortSignal): Promise<LiveSession>
}
