import type { JudgedAlarm, Verdict } from '../../release/values/observed.ts'
import { alarmWords } from './words.ts'

/**
 * The verdict of a release's alarms together. One alarm that fails makes it fail. An alarm that can't tell, or that no
 * longer exists, makes it inconclusive. Alarms that pass without being OK are named.
 *
 * @param names the alarms that gate the release
 * @param alarms those that CloudWatch knows
 */
export function alarmVerdict(names: readonly string[], alarms: readonly JudgedAlarm[]): Verdict {
  if (names.length === 0) return { outcome: 'pass', reason: 'no alarm gates this release' }
  const failing = alarms.filter(({ verdict }) => verdict === 'fail')
  if (failing.length > 0) return { outcome: 'fail', reason: failing.map(describeFailing).join('; ') }
  const doubt = doubtOf(names, alarms)
  const remarks = alarms.flatMap(remark)
  if (doubt !== undefined) return { outcome: 'inconclusive', reason: [doubt, ...remarks].join('; ') }
  return { outcome: 'pass', reason: [...wellOf(names, alarms), ...remarks].join('; ') }
}

function describeFailing(alarm: JudgedAlarm): string {
  return alarm.condition === 'ALARM'
    ? `alarm ${alarm.name} is in ALARM (${alarmWords(alarm)})`
    : `alarm ${alarm.name} has no data, which counts as failing in this release`
}

function doubtOf(names: readonly string[], alarms: readonly JudgedAlarm[]): string | undefined {
  const missing = names.filter((name) => !alarms.some((alarm) => alarm.name === name))
  if (missing.length > 0) return `these alarms no longer exist: ${missing.join(', ')}`
  const undecided = alarms.filter(({ verdict }) => verdict === 'inconclusive').map(({ name }) => name)
  return undecided.length > 0 ? `not enough data for ${undecided.join(', ')}` : undefined
}

/** A remark on an alarm that passes although it is not OK. */
function remark({ name, condition, verdict }: JudgedAlarm): string[] {
  const lacks = condition === 'INSUFFICIENT_DATA'
  if (verdict === 'excused')
    return [
      `alarm ${name} ${lacks ? 'has had no data' : 'still fires'} since before the release (breakglass)`,
    ]
  return lacks && verdict === 'pass' ? [`no data for ${name}, which counts as passing in this release`] : []
}

function wellOf(names: readonly string[], alarms: readonly JudgedAlarm[]): string[] {
  const well = alarms.filter(({ condition }) => condition === 'OK').map(({ name }) => name)
  if (well.length === 0) return []
  if (well.length === 1) return [`${well[0]} is OK`]
  return [`${well.length === names.length ? 'all alarms' : well.join(', ')} are OK`]
}
