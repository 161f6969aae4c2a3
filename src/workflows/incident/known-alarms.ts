import { LambdactlError } from '../../errors/error.ts'
import { alarmQuery, selectAlarms } from '../../gates/alarms/selection.ts'
import type { AlarmSelector } from '../../release/values/alarms.ts'
import type { AlarmState } from '../../release/values/observed.ts'
import type { Run } from '../run/run.ts'
import { orFailure, type Unread, unreadOf } from '../run/unread.ts'

/** The alarms of several functions, or the reason why they are unknown. */
export type Known = { states: AlarmState[] } | { unread: Unread }

/** All alarms that any of the functions selects, in one read. */
export async function knownAlarms(
  run: Run,
  read: readonly { alarms: readonly AlarmSelector[] }[],
): Promise<Known> {
  const { names, prefixes } = alarmQuery(read.flatMap(({ alarms }) => alarms))
  if (names.length + prefixes.length === 0) return { states: [] }
  // In an outage of CloudWatch, who is in an incident still needs the versions, a stop and the way back.
  const states = await orFailure(() => run.aws.alarms.describe(names, prefixes))
  return states instanceof LambdactlError ? { unread: unreadOf(run, states) } : { states }
}

/** The alarms among the known ones that a function selects. */
export function alarmsOf(
  wanted: readonly AlarmSelector[],
  known: Known,
): { alarms: readonly AlarmState[]; missingAlarms: string[]; unreadAlarms?: Unread } {
  const isUnread = 'unread' in known
  if (isUnread && wanted.length > 0) return { alarms: [], missingAlarms: [], unreadAlarms: known.unread }
  const { alarms, unfound } = selectAlarms(wanted, isUnread ? [] : known.states)
  return { alarms, missingAlarms: unfound.map((each) => each.wanted) }
}
