import type { Minute } from '../release/plan/comparison.ts'

/** Two versions behind one alias. */
export interface ComparedVersions {
  functionName: string
  alias: string
  candidate: string
  stable: string
}

/** The requests that Lambda throttled in a time that begins so, milliseconds since the epoch: a minute, or an hour long ago. */
export interface Throttled {
  time: number
  count: number
}

/** Lambda's own metrics in CloudWatch. */
export interface Metrics {
  /**
   * Reads the counts of two versions through their alias, for each minute, in the order of time. Minutes without
   * traffic for both are left out.
   *
   * @param from inclusive, rounded down to the minute; milliseconds since the epoch
   * @param until exclusive
   */
  traffic(versions: ComparedVersions, from: number, until: number): Promise<Minute[]>
  /** Reads the counts without durations, at half the price. */
  counts(versions: ComparedVersions, from: number, until: number): Promise<Minute[]>
  /**
   * Reads how many requests of a function Lambda throttled, over all its versions and aliases, in the order of time. Times
   * without any are left out.
   *
   * @param periodMs the length of each time
   */
  throttles(
    functionName: string,
    span: { from: number; until: number; periodMs: number },
  ): Promise<Throttled[]>
}
