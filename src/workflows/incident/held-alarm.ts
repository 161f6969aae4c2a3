import { type LastRelease, type Onset, onsetOf } from '../../operation/incident/onset.ts'
import type { AlarmState } from '../../release/values/observed.ts'

/** An alarm as it was read. */
export interface HeldAlarm extends AlarmState {
  /** How its beginning lies to the last release; only for an alarm that fires, if a release is on record. */
  onset?: Onset
}

/** Holds an alarm against the last release. */
export function heldAgainst(alarm: AlarmState, release: LastRelease | undefined): HeldAlarm {
  if (alarm.condition !== 'ALARM' || !release) return alarm
  return { ...alarm, onset: onsetOf(alarm.since, release) }
}
