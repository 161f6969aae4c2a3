import type { Entry } from './message.ts'

/** The order in which the messages of a queue are received. */
export interface Order {
  /** A message has come, in whatever state. */
  arrived(entry: Entry): void
  /** The state of a message has changed. @param before its earlier state */
  changed(entry: Entry, before: Entry['state']): void
  /**
   * Begins to receive. Each call of the returned function gives the next ready message, whose state its caller changes
   * before the next call; undefined if there is none.
   */
  begin(): () => Entry | undefined
}
