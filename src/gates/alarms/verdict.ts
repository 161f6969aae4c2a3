import type { Plan } from '../../release/plan/plan.ts'
import type { AlarmState, AlarmVerdict, JudgedAlarm } from '../../release/values/observed.ts'

/** The part of a plan that decides how its alarms count. */
export type AlarmTerms = Pick<Plan, 'insufficientData' | 'breakglass'>

/** The alarms with their verdicts on the release. */
export function judgeAlarms(alarms: readonly AlarmState[], terms: AlarmTerms): JudgedAlarm[] {
  return alarms.map((alarm) => ({ ...alarm, verdict: alarmVerdict(alarm, terms) }))
}

/**
 * Returns the verdict of an alarm. An alarm that fired when the release began, and that breakglass went past, is
 * excused until its state changes, since it can't show the candidate's effect. It counts again once it has recovered.
 */
export function alarmVerdict(alarm: AlarmState, { insufficientData, breakglass }: AlarmTerms): AlarmVerdict {
  const said = saidBy(alarm, insufficientData)
  if (said !== 'fail') return said
  const isExcused = breakglass?.firing.some(
    (began) => began.alarm === alarm.name && began.since === alarm.since,
  )
  return isExcused ? 'excused' : 'fail'
}

function saidBy(
  { condition }: AlarmState,
  insufficientData: AlarmTerms['insufficientData'] = 'inconclusive',
): Exclude<AlarmVerdict, 'excused'> {
  if (condition === 'INSUFFICIENT_DATA') return insufficientData
  return condition === 'ALARM' ? 'fail' : 'pass'
}
