import type {
  DeleteAlarmsInput,
  DisableAlarmActionsInput,
  SetAlarmStateInput,
  StateValue,
} from '@aws-sdk/client-cloudwatch'
import { brokenRule } from '../../protocol/service-error.ts'
import { missingParameter, unknownAlarm, validationError } from '../query/errors.ts'
import type { Alarm } from './alarm.ts'
import type { AlarmBook } from './alarm-book.ts'
import { alarmsOf } from './alarm-rule.ts'
import { alarmPeriod } from './metric-alarm-checks.ts'
import { nameOf } from './put-composite-alarm.ts'

const states: StateValue[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA']

/** DeleteAlarms: deletes all, or none if one is unknown or a composite alarm needs it. */
export function deleteAlarms(book: AlarmBook, clock: () => number) {
  return ({ AlarmNames = [] }: DeleteAlarmsInput): object => {
    const unknown = AlarmNames.filter((name) => !book.get(name))
    if (unknown.length > 0) throw unknownAlarm(unknown)
    const kept = book.all().filter((alarm) => !AlarmNames.includes(alarm.name))
    const needed = new Set(
      kept.flatMap((alarm) => (alarm.kind === 'composite' ? alarmsOf(alarm.rule).map(nameOf) : [])),
    )
    const blocked = AlarmNames.filter((name) => needed.has(name))
    if (blocked.length > 0) {
      const them = blocked.length === 1 ? 'it' : 'them'
      throw validationError(
        `Cannot delete ${blocked.join(',')} as there are composite alarm(s) depending on ${them}.`,
      )
    }
    for (const name of AlarmNames) book.remove(name, clock())
    return {}
  }
}

/**
 * SetAlarmState. The state holds until AWS would next evaluate the alarm, after a minute (or 10 s for shorter periods),
 * so a person can try a gate with it. After that the data decides again.
 */
export function setAlarmState(book: AlarmBook, clock: () => number) {
  return ({ AlarmName, StateValue, StateReason, StateReasonData }: SetAlarmStateInput): object => {
    if (!AlarmName) throw missingParameter('AlarmName')
    if (!StateReason) throw missingParameter('StateReason')
    if (!StateValue || !states.includes(StateValue)) {
      throw validationError(
        brokenRule(
          'stateValue',
          'Member must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]',
          `'${StateValue ?? ''}'`,
        ),
      )
    }
    const alarm = known(book, AlarmName)
    const now = clock()
    const interval = alarm.kind === 'metric' && alarmPeriod(alarm.definition) < 60 ? 10_000 : 60_000
    alarm.heldUntil = now + interval
    book.setState(alarm, { value: StateValue, reason: StateReason, reasonData: StateReasonData }, now)
    return {}
  }
}

/** EnableAlarmActions and DisableAlarmActions; the sandbox runs no actions. */
export function switchActions(book: AlarmBook, enabled: boolean) {
  return ({ AlarmNames = [] }: DisableAlarmActionsInput): object => {
    for (const alarm of AlarmNames.map((name) => known(book, name))) book.enableActions(alarm, enabled)
    return {}
  }
}

function known(book: AlarmBook, name: string): Alarm {
  const alarm = book.get(name)
  if (!alarm) throw unknownAlarm([name])
  return alarm
}
