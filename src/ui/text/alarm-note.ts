import type { AlarmState, JudgedAlarm } from '../../release/values/observed.ts'

/** Says how an alarm counts in a release, where its state alone does not tell; else empty. */
export function alarmNote(alarm: AlarmState | JudgedAlarm): string {
  const says = 'says' in alarm ? alarm.says : undefined
  if (says === 'excused') return 'excused by breakglass: it is so since before the release'
  if (alarm.condition !== 'INSUFFICIENT_DATA') return ''
  if (says === 'pass') return 'passes without data'
  return says === 'fail' ? 'fails without data' : ''
}
