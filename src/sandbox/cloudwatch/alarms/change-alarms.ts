import type {
  DeleteAlarmsInput,
  DisableAlarmActionsInput,
  SetAlarmStateInput,
} from '@aws-sdk/client-cloudwatch'
import { ServiceError } from '../../protocol/service-error.ts'
import { unknownAlarm, validationError } from '../query/errors.ts'
import type { Alarm } from './alarm.ts'
import type { AlarmBook } from './alarm-book.ts'
import { alarmsOf, nameOf } from './alarm-rule.ts'
import { alarmPeriod } from './metric-alarm-checks.ts'

/**
 * DeleteAlarms. As CloudWatch's model says, names that are unknown do not keep the others; none is deleted if a composite
 * alarm needs one, or if there are several composite alarms.
 */
export function deleteAlarms(book: AlarmBook, clock: () => number) {
  return ({ AlarmNames = [] }: DeleteAlarmsInput): object => {
    const found = AlarmNames.flatMap((name) => book.get(name) ?? [])
    if (found.filter(({ kind }) => kind === 'composite').length > 1) {
      throw validationError('Only one composite alarm can be deleted per request.')
    }
    checkUnneeded(book, AlarmNames)
    for (const { name } of found) book.remove(name, clock())
    const unknown = AlarmNames.filter((name) => !found.some((alarm) => alarm.name === name))
    if (unknown.length > 0) throw unknownAlarm(unknown)
    return {}
  }
}

function checkUnneeded(book: AlarmBook, names: readonly string[]): void {
  const kept = book.all().filter((alarm) => !names.includes(alarm.name))
  const needed = new Set(
    kept.flatMap((alarm) => (alarm.kind === 'composite' ? alarmsOf(alarm.rule).map(nameOf) : [])),
  )
  const blocked = names.filter((name) => needed.has(name))
  if (blocked.length === 0) return
  const them = blocked.length === 1 ? 'it' : 'them'
  throw validationError(
    `Cannot delete ${blocked.join(',')} as there are composite alarm(s) depending on ${them}.`,
  )
}

/**
 * SetAlarmState. The state holds until AWS would next evaluate the alarm, after a minute (or 10 s for shorter periods),
 * so a person can try a gate with it. After that the data decides again.
 */
export function setAlarmState(book: AlarmBook, clock: () => number) {
  return (input: SetAlarmStateInput): object => {
    const { AlarmName = '', StateValue: value = 'OK', StateReason: reason = '' } = input
    checkReasonData(input.StateReasonData)
    const alarm = known(book, AlarmName)
    const now = clock()
    const interval = alarm.kind === 'metric' && alarmPeriod(alarm.definition) < 60 ? 10_000 : 60_000
    alarm.heldUntil = now + interval
    book.setState(alarm, { value, reason, reasonData: input.StateReasonData }, now)
    return {}
  }
}

function checkReasonData(data: string | undefined): void {
  if (data === undefined) return
  try {
    JSON.parse(data)
  } catch {
    throw new ServiceError('InvalidFormatFault', 400, 'Data was not syntactically valid JSON.')
  }
}

/** EnableAlarmActions and DisableAlarmActions. */
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
