import type { WholeAlarm } from '../../release/values/alarms.ts'
import { type Difference, differencesOf } from './differences.ts'

/** An alarm that CloudWatch has by one of the names that are lambdactl's. */
export interface FoundAlarm {
  name: string
  arn: string
  /** Undefined for a composite alarm. */
  definition: WholeAlarm | undefined
  /** The service whose file made it; undefined if lambdactl did not. */
  service: string | undefined
}

/** The change of one alarm. */
export type AlarmChange =
  | { kind: 'make'; name: string; alarm: WholeAlarm }
  | { kind: 'change'; name: string; alarm: WholeAlarm; before: WholeAlarm; differences: Difference[] }
  | { kind: 'remove'; name: string; before: WholeAlarm }
  | { kind: 'same'; name: string; alarm: WholeAlarm }
  /** Somebody else's alarm of the same name, which stays as it is. */
  | { kind: 'taken'; name: string; arn: string; by: string | undefined }

/**
 * The changes after which the alarms are as the file wants them. Only alarms that the service's own file made are changed
 * or removed; one that is as wanted is left as it is, whoever made it. Actions that somebody has switched off stay off.
 */
export function planAlarms(
  wanted: readonly WholeAlarm[],
  found: readonly FoundAlarm[],
  service: string,
): AlarmChange[] {
  const known = new Map(found.map((alarm) => [alarm.name, alarm]))
  const changes = wanted.map((alarm) => changeOf(alarm, known.get(alarm.name), service))
  const names = new Set(wanted.map(({ name }) => name))
  const removals = found.flatMap(({ name, definition, service: of }): AlarmChange[] =>
    !names.has(name) && of === service && definition ? [{ kind: 'remove', name, before: definition }] : [],
  )
  return [...changes, ...removals]
}

function changeOf(wanted: WholeAlarm, found: FoundAlarm | undefined, service: string): AlarmChange {
  const { name } = wanted
  if (!found) return { kind: 'make', name, alarm: wanted }
  const { definition: before, arn } = found
  const taken: AlarmChange = { kind: 'taken', name, arn, by: found.service }
  if (!before) return taken
  const alarm = { ...wanted, actions: { ...wanted.actions, areOn: before.actions.areOn } }
  const differences = differencesOf(before, alarm)
  if (differences.length === 0) return { kind: 'same', name, alarm }
  return found.service === service ? { kind: 'change', name, alarm, before, differences } : taken
}
