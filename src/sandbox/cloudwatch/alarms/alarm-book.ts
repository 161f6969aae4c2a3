import type { StateValue } from '@aws-sdk/client-cloudwatch'
import { KeptMap } from '../../state/kept-map.ts'
import type { Persistent } from '../../state/persistent.ts'
import { type Alarm, type AlarmState, regionOf } from './alarm.ts'
import { type AlarmHistory, createAlarmHistory, type HistoryItem, type Told } from './alarm-history.ts'

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
  tag(alarm: Alarm, tags: Readonly<Record<string, string>>): void
  /** Switches an alarm's actions on or off. */
  enableActions(alarm: Alarm, enabled: boolean): void
  /** Sets the state. A change of it goes into the history and starts the alarm's actions. */
  setState(alarm: Alarm, state: NewState, now: number): void
  /** Adds an action that ran to the history. */
  noteAction(alarm: Alarm, now: number, told: Told): void
  /** The oldest first. */
  history(): readonly HistoryItem[]
}

/** Called when the state of an alarm has changed, with the state before. */
export type OnTransition = (book: AlarmBook, alarm: Alarm, before: AlarmState, now: number) => void

/** The alarms of all Regions. */
export interface AlarmBooks {
  of(region: string): AlarmBook
  /** The Regions that have an alarm. */
  regions(): Iterable<string>
  readonly persistent: Persistent[]
}

export function createAlarmBooks(onTransition: OnTransition = () => undefined): AlarmBooks {
  const alarms = new KeptMap<Alarm>('alarm')
  const history = createAlarmHistory()
  return {
    of: (region) => bookOf(region, alarms, history, onTransition),
    regions: () => new Set(Array.from(alarms.values(), regionOf)),
    persistent: [alarms, history.persistent],
  }
}

function bookOf(
  region: string,
  alarms: KeptMap<Alarm>,
  history: AlarmHistory,
  onTransition: OnTransition,
): AlarmBook {
  const put = (alarm: Alarm) => alarms.set(keyOf(region, alarm.name), alarm)
  const noteConfigured = (alarm: Alarm, now: number, verb: string) =>
    history.note(alarm, now, 'ConfigurationUpdate', {
      summary: `Alarm "${alarm.name}" ${verb}`,
      data: { version: '1.0' },
    })
  const book: AlarmBook = {
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
    tag(alarm, tags) {
      alarm.tags = tags
      put(alarm)
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
      onTransition(book, alarm, before, now)
    },
    noteAction: (alarm, now, told) => history.note(alarm, now, 'Action', told),
    history: () => history.of(region),
  }
  return book
}

/** The separator is a line break, which no Region has. */
function keyOf(region: string, name: string): string {
  return `${region}\n${name}`
}

function historyState({ value, reason, reasonData }: AlarmState): object {
  return {
    stateValue: value,
    stateReason: reason,
    ...(reasonData && { stateReasonData: JSON.parse(reasonData) as unknown }),
  }
}
