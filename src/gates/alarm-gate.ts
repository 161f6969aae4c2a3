import type { AlarmState, Verdict } from '../release/observed.ts'

/**
 * The verdict of a release's alarms together: one that fires fails, one without data is inconclusive, as is one that
 * no longer exists.
 *
 * @param names the alarms that gate the release
 * @param alarms those that CloudWatch knows
 */
export function alarmVerdict(names: readonly string[], alarms: readonly AlarmState[]): Verdict {
  if (names.length === 0) return { outcome: 'pass', reason: 'no alarm gates this release' }
  const firing = alarms.filter(({ condition }) => condition === 'ALARM')
  if (firing.length > 0) return { outcome: 'fail', reason: firing.map(describeFiring).join('; ') }
  const missing = names.filter((name) => !alarms.some((alarm) => alarm.name === name))
  if (missing.length > 0)
    return { outcome: 'inconclusive', reason: `no such alarm any more: ${missing.join(', ')}` }
  const unknown = alarms.filter(({ condition }) => condition === 'INSUFFICIENT_DATA').map(({ name }) => name)
  if (unknown.length > 0)
    return { outcome: 'inconclusive', reason: `not enough data for ${unknown.join(', ')}` }
  return { outcome: 'pass', reason: `${names.length === 1 ? `${names[0]} is` : 'all alarms are'} OK` }
}

function describeFiring({ name, reason }: AlarmState): string {
  return `alarm ${name} is in ALARM (${reason})`
}
