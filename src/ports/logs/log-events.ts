import type { LogEvent } from '../../logs/model/event.ts'

export interface LogPage {
  events: LogEvent[]
  /** Set if there is more; an empty page may have it too. */
  next: string | undefined
}

/** Which events of a group are asked for. Times are milliseconds since the epoch. */
export interface LogQuery {
  group: string
  since: number
  /** Exclusive; absent for all that there is, also what lies ahead of the clock. */
  until?: number
  /** CloudWatch's filter pattern; absent for all. */
  pattern?: string
  /** The token of the page; absent for the first. */
  next?: string | undefined
}

/** Log events of a group, over all its streams. */
export interface LogEvents {
  /**
   * One page, in the order of the timestamps.
   *
   * @throws LambdactlError NOT_FOUND while the group does not exist
   */
  page(query: LogQuery): Promise<LogPage>
}
