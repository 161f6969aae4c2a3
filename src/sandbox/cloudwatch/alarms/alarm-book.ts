import type { StateValue } from '@aws-sdk/client-cloudwatch'
import { KeptMap } from '../../state/kept-map.ts'
import type { Persistent } from '../../state/persistent.ts'
import { type Alarm, type AlarmState, regionOf } from './alarm.ts'
import { type AlarmHistory, createAlarmHistory, type HistoryItem } from './alarm-history.ts'
import { javaDate } from './reason.ts'

/** The new state of an alarm. */
interface NewState {
  value: StateValue
  reason: string
  reasonData?: string | undefined
}

/** The account's alarms in one Region, sorted by name, and their history. */
export interface AlarmBook {
  get(name: string): Alarm | undefined
  /** By name. */
  all(): Alarm[]
  /** Makes an alarm or replaces its definition. */
  put(alarm: Alarm, now: number): void
  remove(name: string, now: number): void
  /** Switches an alarm's actions on or off. */
  enableActions(alarm: Alarm, enabled: boolean): void
  /** Sets the state and adds the change to the history. */
  setState(alarm: Alarm, state: NewState, now: number): void
  /** The oldest first. */
  history(): readonly HistoryItem[]
}

/** The alarms of all Regions. */
export interface AlarmBooks {
  of(region: string): AlarmBook
  /** The Regions that have an alarm. */
  regions(): Iterable<string>
  readonly persistent: Persistent[]
}

export function createAlarmBooks(): AlarmBooks {
  const alarms = new KeptMap<Alarm>('alarm')
  const history = createAlarmHistory()
  return {
    of: (region) => bookOf(region, alarms, history),
    regions: () => new Set(Array.from(alarms.values(), regionOf)),
    persistent: [alarms, history.persistent],
  }
}

function bookOf(region: string, alarms: KeptMap<Alarm>, history: AlarmHistory): AlarmBook {
  const put = (alarm: Alarm) => alarms.set(keyOf(region, alarm.name), alarm)
  const noteConfigured = (alarm: Alarm, now: number, verb: string) =>
    history.note(alarm, now, 'ConfigurationUpdate', {
      summary: `Alarm "${alarm.name}" ${verb}`,
      data: { version: '1.0' },
    })
  return {
    get: (name) => alarms.get(keyOf(region, name)),
    all: () =>
      [...alarms.values()]
        .filter((alarm) => regionOf(alarm) === region)
        .toSorted((left, right) => (left.name < right.name ? -1 : 1)),
    put(alarm, now) {
      const verb = alarms.has(keyOf(region, alarm.name)) ? 'updated' : 'created'
      put(alarm)
      noteConfigured(alarm, now, verb)
    },
    remove(name, now) {
      const alarm = alarms.get(keyOf(region, name))
      if (!alarm) return
      alarms.delete(keyOf(region, name))
      noteConfigured(alarm, now, 'deleted')
    },
    enableActions(alarm, enabled) {
      alarm.definition.ActionsEnabled = enabled
      put(alarm)
    },
    setState(alarm, next, now) {
      const before = alarm.state
      const transitioned = before.value === next.value ? before.transitioned : now
      alarm.state = { ...next, updated: now, transitioned }
      put(alarm)
      if (before.value === next.value) return
      history.note(alarm, now, 'StateUpdate', {
        summary: `Alarm updated from ${before.value} to ${next.value}`,
        data: {
          version: '1.0',
          oldState: historyState(before),
          newState: historyState(alarm.state),
        },
      })
    },
    history: () => history.of(region),
  }
}

/** The separator is a line break, which no Region has. */
function keyOf(region: string, name: string): string {
  return `${region}\n${name}`
}

function historyState({ value, reason, reasonData, transitioned }: AlarmState): object {
  return {
    stateValue: value,
    stateReason: reason,
    ...(reasonData && { stateReasonData: JSON.parse(reasonData) as unknown }),
    stateTransitionedTimestamp: javaDate(transitioned),
  }
}
