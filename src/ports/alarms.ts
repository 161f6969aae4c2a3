import type { AlarmState } from '../release/observed.ts'

/** CloudWatch alarms, metric and composite. */
export interface Alarms {
  /** Those of the names that exist, and all whose names begin with one of the prefixes; each alarm once. */
  describe(names: readonly string[], prefixes?: readonly string[]): Promise<AlarmState[]>
}
