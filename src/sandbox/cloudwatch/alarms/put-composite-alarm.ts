import type { PutCompositeAlarmInput } from '@aws-sdk/client-cloudwatch'
import type { Call } from '../../protocol/service.ts'
import { missingParameter, validationError } from '../query/errors.ts'
import { initialState } from './alarm.ts'
import type { AlarmBook } from './alarm-book.ts'
import { alarmsOf, nameOf, parseAlarmRule } from './alarm-rule.ts'
import { checkActions } from './metric-alarm-checks.ts'
import { alarmArn } from './put-metric-alarm.ts'
import { tagsOf } from './tags.ts'

/** PutCompositeAlarm. */
export function putCompositeAlarm(book: AlarmBook, clock: () => number) {
  return (input: PutCompositeAlarmInput, call: Call): object => {
    const name = input.AlarmName ?? ''
    checkActions(input)
    checkSuppressor(book, input)
    const rule = parseAlarmRule(input.AlarmRule ?? '')
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
    const { Tags, ...definition } = input
    const now = clock()
    const state = known?.state ?? initialState(now)
    const arn = alarmArn(call, name)
    const tags = known ? known.tags : tagsOf(Tags)
    const alarm = { name, arn, configured: now, definition, rule, state, tags, heldUntil: 0 }
    book.put({ kind: 'composite', ...alarm }, now)
    return {}
  }
}

function checkSuppressor(book: AlarmBook, input: PutCompositeAlarmInput): void {
  const { ActionsSuppressor: suppressor } = input
  if (suppressor === undefined) return
  for (const period of ['ActionsSuppressorWaitPeriod', 'ActionsSuppressorExtensionPeriod'] as const) {
    if (input[period] === undefined) throw missingParameter(period)
  }
  if (book.get(nameOf(suppressor))) return
  throw validationError(
    `Could not save the composite alarm as its actions suppressor ${suppressor} does not exist`,
  )
}
