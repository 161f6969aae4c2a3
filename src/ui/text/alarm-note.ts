import type { AlarmState, JudgedAlarm } from '../../release/values/observed.ts'

/** How an alarm counts in a release, if its state alone does not tell; else empty. */
export function alarmNote(alarm: AlarmState | JudgedAlarm): string {
  const verdict = 'verdict' in alarm ? alarm.verdict : undefined
  if (verdict === 'excused') return 'excused by breakglass: it has been so since before the release'
  if (alarm.condition !== 'INSUFFICIENT_DATA') return ''
  if (verdict === 'pass') return 'passes without data'
  return verdict === 'fail' ? 'fails without data' : ''
}
