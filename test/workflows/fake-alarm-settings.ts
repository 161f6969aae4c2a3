import type { AlarmSettings, SeenAlarm } from '../../src/ports/alarms.ts'
import type { WholeAlarm } from '../../src/release/values/alarms.ts'
import type { AlarmCondition } from '../../src/release/values/observed.ts'
import type { Calls } from './calls.ts'

interface Kept {
  definition: WholeAlarm
  tags: Readonly<Record<string, string>>
  condition: AlarmCondition
}

/** Alarms in memory; as at CloudWatch, the tags of a request that changes one are ignored. */
export interface FakeAlarmSettings extends AlarmSettings {
  kept: Map<string, Kept>
}

export function fakeAlarmSettings(calls: Calls): FakeAlarmSettings {
  const kept = new Map<string, Kept>()
  const all = () => [...kept.values()].map(toSeen)
  return {
    kept,
    named: (names) =>
      calls.perform('alarmSettings.read', () => all().filter(({ name }) => names.includes(name))),
    all: () => calls.perform('alarmSettings.read', all),
    tags: ({ name }) => calls.perform('alarmSettings.read', () => kept.get(name)?.tags ?? {}),
    actions: () => calls.perform('alarmSettings.read', () => []),
    transitions: () => calls.perform('alarmSettings.read', () => []),
    put: (definition, tags) =>
      calls.perform('alarmSettings.put', () => {
        const known = kept.get(definition.name) ?? { tags, condition: 'INSUFFICIENT_DATA' as const }
        kept.set(definition.name, { ...known, definition })
      }),
    remove: (names) =>
      calls.perform('alarmSettings.remove', () => {
        for (const name of names) kept.delete(name)
      }),
    setState: (name, condition) =>
      calls.perform('alarmSettings.setState', () => {
        const known = kept.get(name)
        if (known) kept.set(name, { ...known, condition })
      }),
  }
}

function toSeen({ definition, condition }: Kept): SeenAlarm {
  const metrics = definition.series.flatMap(({ metric }) => metric ?? [])
  const [metric] = metrics
  return {
    name: definition.name,
    arn: `arn:aws:cloudwatch:eu-west-1:123456789012:alarm:${definition.name}`,
    condition,
    reason: `it is ${condition}`,
    since: 0,
    ...(metrics.length === 1 && metric ? { metric } : { metrics }),
    definition,
    actionsAreOn: definition.actions.areOn,
    actions: definition.actions.alarm,
  }
}
