import type { PutCompositeAlarmInput } from '@aws-sdk/client-cloudwatch'
import type { Call } from '../../protocol/service.ts'
import { missingParameter, validationError } from '../query/errors.ts'
import { initialState } from './alarm.ts'
import type { AlarmBook } from './alarm-book.ts'
import { alarmsOf, parseAlarmRule } from './alarm-rule.ts'
import { checkName } from './metric-alarm-checks.ts'
import { alarmArn } from './put-metric-alarm.ts'

/** PutCompositeAlarm; the sandbox stores actions and their suppression, but runs none. */
export function putCompositeAlarm(book: AlarmBook, clock: () => number) {
  return (input: PutCompositeAlarmInput, call: Call): object => {
    const name = checkName(input.AlarmName)
    if (!input.AlarmRule) throw missingParameter('AlarmRule')
    const rule = parseAlarmRule(input.AlarmRule)
    const unknown = alarmsOf(rule).filter((alarm) => !book.get(nameOf(alarm)))
    if (unknown.length > 0) {
      throw validationError(
        `Could not save the composite alarm as alarms [${unknown.join(', ')}] in the alarm rule do not exist`,
      )
    }
    const known = book.get(name)
    if (known?.kind === 'metric') {
      throw validationError(`Could not save the composite alarm: a metric alarm is already named ${name}.`)
    }
    const { Tags: _, ...definition } = input
    const now = clock()
    const state = known?.state ?? initialState(now)
    const arn = alarmArn(call, name)
    book.put({ kind: 'composite', name, arn, configured: now, definition, rule, state, heldUntil: 0 }, now)
    return {}
  }
}

/** The alarm's name in a rule's operand, which is a name or an ARN. */
export function nameOf(alarm: string): string {
  return alarm.startsWith('arn:') ? alarm.split(':').slice(6).join(':') : alarm
}
