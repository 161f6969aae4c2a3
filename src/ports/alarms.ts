import type { AlarmState } from '../release/observed.ts'

/** CloudWatch alarms, metric and composite. */
export interface Alarms {
  /** Those of the names that exist. */
  describe(names: readonly string[]): Promise<AlarmState[]>
}
