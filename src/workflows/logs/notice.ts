/** The notices of a tail beside its lines. Times are milliseconds since the epoch, by AWS's clock. */
export type Notice =
  /** There is no such function yet; it joins when it is created. */
  | { notice: 'waiting-for-function'; function: string }
  /** The alias gives all traffic to one version, so there are no lines of a candidate for now. */
  | { notice: 'no-candidate'; function: string; alias: string }
  | { notice: 'waiting-for-group'; group: string }
  /** No answer; the tail keeps asking. `next` is the person's next step, for example for expired credentials. */
  | { notice: 'retrying'; group: string; reason: string; next: readonly string[] }
  /** Answers again: everything that was written since `from` is read. */
  | { notice: 'resumed'; group: string; from: number; to: number }
  /** This group may not be read; the others go on. */
  | { notice: 'denied'; group: string; reason: string; next: readonly string[] }
  /** Events in this time can't be read any more. */
  | { notice: 'gap'; group: string; from: number; to: number; reason: string }
