import type { AlarmType, HistoryItemType, StateValue } from '@aws-sdk/client-cloudwatch'
import { KeptMap } from '../state/kept-map.ts'
import type { Persistent } from '../state/persistent.ts'
import type { Alarm, AlarmState } from './alarm.ts'
import { javaDate } from './reason.ts'

/** Something that happened to an alarm, as DescribeAlarmHistory tells it. */
export interface HistoryItem {
  alarmName: string
  alarmType: AlarmType
  timestamp: number
  type: HistoryItemType
  summary: string
  /** JSON. */
  data: string
}

/** AWS keeps the history for 30 days; the sandbox keeps the newest items. */
const longestHistory = 5000

/** The new state of an alarm. */
export interface NewState {
  value: StateValue
  reason: string
  reasonData?: string | undefined
}

/** The account's alarms by name, in the order of their names, and what happened to them. */
export interface AlarmBook {
  get(name: string): Alarm | undefined
  /** By name. */
  all(): Alarm[]
  /** Makes an alarm or replaces the definition of one. */
  put(alarm: Alarm, now: number): void
  remove(name: string, now: number): void
  /** Switches an alarm's actions on or off. */
  enableActions(alarm: Alarm, enabled: boolean): void
  /** Sets the state and writes the change down. */
  setState(alarm: Alarm, state: NewState, now: number): void
  /** The oldest first. */
  history(): readonly HistoryItem[]
  readonly persistent: Persistent[]
}

export function createAlarmBook(): AlarmBook {
  const alarms = new KeptMap<Alarm>('alarm')
  /** By a number that grows, with leading zeros. */
  const history = new KeptMap<HistoryItem>('alarm-history')
  const keys = () => [...history.keys()].toSorted()

  function note(alarm: Alarm, timestamp: number, type: HistoryItemType, summary: string, data: object): void {
    const alarmType = alarm.kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm'
    const key = String(Number(keys().at(-1) ?? 0) + 1).padStart(16, '0')
    history.set(key, {
      alarmName: alarm.name,
      alarmType,
      timestamp,
      type,
      summary,
      data: JSON.stringify(data),
    })
    if (history.size <= 1.1 * longestHistory) return
    for (const old of keys().slice(0, -longestHistory)) history.delete(old)
  }

  return {
    get: (name) => alarms.get(name),
    all: () => [...alarms.values()].toSorted((left, right) => (left.name < right.name ? -1 : 1)),
    put(alarm, now) {
      const verb = alarms.has(alarm.name) ? 'updated' : 'created'
      alarms.set(alarm.name, alarm)
      note(alarm, now, 'ConfigurationUpdate', `Alarm "${alarm.name}" ${verb}`, { version: '1.0' })
    },
    remove(name, now) {
      const alarm = alarms.get(name)
      if (!alarm) return
      alarms.delete(name)
      note(alarm, now, 'ConfigurationUpdate', `Alarm "${name}" deleted`, { version: '1.0' })
    },
    enableActions(alarm, enabled) {
      alarm.definition.ActionsEnabled = enabled
      alarms.set(alarm.name, alarm)
    },
    setState(alarm, next, now) {
      const before = alarm.state
      const transitioned = before.value === next.value ? before.transitioned : now
      alarm.state = { ...next, updated: now, transitioned }
      alarms.set(alarm.name, alarm)
      if (before.value === next.value) return
      note(alarm, now, 'StateUpdate', `Alarm updated from ${before.value} to ${next.value}`, {
        version: '1.0',
        oldState: historyState(before),
        newState: historyState(alarm.state),
      })
    },
    history: () => keys().flatMap((key) => history.get(key) ?? []),
    persistent: [alarms, history],
  }
}

function historyState({ value, reason, reasonData, transitioned }: AlarmState): object {
  return {
    stateValue: value,
    stateReason: reason,
    ...(reasonData && { stateReasonData: JSON.parse(reasonData) as unknown }),
    stateTransitionedTimestamp: javaDate(transitioned),
  }
}
