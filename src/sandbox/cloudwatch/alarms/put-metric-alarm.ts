import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch'
import { partitionOf } from '../../../function/values/partition.ts'
import type { Call } from '../../protocol/service.ts'
import { validationError } from '../query/errors.ts'
import { initialState } from './alarm.ts'
import type { AlarmBook } from './alarm-book.ts'
import { checkMetricAlarm } from './metric-alarm-checks.ts'
import { tagsOf } from './tags.ts'

/** PutMetricAlarm: replaces the whole definition of an existing alarm, but keeps its state. */
export function putMetricAlarm(book: AlarmBook, clock: () => number) {
  return (input: PutMetricAlarmInput, call: Call): object => {
    const name = input.AlarmName ?? ''
    checkMetricAlarm(input)
    const known = book.get(name)
    if (known?.kind === 'composite') {
      throw validationError(`Could not save the metric alarm: a composite alarm is already named ${name}.`)
    }
    const { Tags, ...definition } = input
    const now = clock()
    const alarm = {
      kind: 'metric' as const,
      name,
      arn: alarmArn(call, name),
      configured: now,
      definition,
      state: known?.state ?? initialState(now),
      // As in AWS, tags of a request that changes an alarm are ignored.
      tags: known ? known.tags : tagsOf(Tags),
      heldUntil: 0,
    }
    book.put(alarm, now)
    return {}
  }
}

export function alarmArn({ region, account }: Call, name: string): string {
  return `arn:${partitionOf(region)}:cloudwatch:${region}:${account}:alarm:${name}`
}
