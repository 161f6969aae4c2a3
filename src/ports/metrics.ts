import type { Minute } from '../release/plan/comparison.ts'

/** Two versions behind one alias. */
export interface ComparedVersions {
  functionName: string
  alias: string
  candidate: string
  stable: string
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
}
