/** The notices of a tail beside its lines. Times are milliseconds since the epoch, by AWS's clock. */
export type Notice =
  | { notice: 'waiting-for-group'; group: string }
  /** No answer; the tail goes on asking. `next` tells what a person can do, as for credentials that have expired. */
  | { notice: 'retrying'; group: string; reason: string; next: readonly string[] }
  /** Answers again: all that was written since `from` is read. */
  | { notice: 'resumed'; group: string; from: number; to: number }
  /** This group may not be read; the others go on. */
  | { notice: 'denied'; group: string; reason: string; next: readonly string[] }
  /** What was written meanwhile can't be read any more. */
  | { notice: 'gap'; group: string; from: number; to: number; reason: string }
