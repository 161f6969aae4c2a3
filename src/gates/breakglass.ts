import type { Breakglass } from '../release/plan/breakglass.ts'
import type { Check } from '../release/values/check.ts'
import type { AlarmState } from '../release/values/observed.ts'
import { type AlarmTerms, alarmVerdict } from './alarms/verdict.ts'

/**
 * Returns the record of a release that goes past its gates.
 *
 * @param alarms that gate it, as they are now
 */
export function breakglass(
  reason: string,
  alarms: readonly AlarmState[],
  terms: Pick<AlarmTerms, 'insufficientData'>,
): Breakglass {
  // An alarm without a start of its state is not excused, since its recovery could not be seen.
  const firing = alarms.filter((alarm) => alarmVerdict(alarm, terms) === 'fail' && alarm.since > 0)
  return { reason, firing: firing.map(({ name, since }) => ({ alarm: name, since })) }
}

/** A check that breakglass goes past: a failure becomes a warning that says so. */
export function passedOver(check: Check): Check {
  if (check.outcome !== 'fail') return check
  return { title: check.title, outcome: 'warn', detail: `overridden by breakglass: ${check.detail}` }
}
