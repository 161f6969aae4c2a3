import type { AlarmType, HistoryItemType } from '@aws-sdk/client-cloudwatch'
import { KeptMap } from '../../state/kept-map.ts'
import type { Persistent } from '../../state/persistent.ts'
import { type Alarm, regionOf } from './alarm.ts'

/** An event in an alarm's history, as in DescribeAlarmHistory. */
export interface HistoryItem {
  region: string
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

/** The parts of a history item. */
export interface Told {
  summary: string
  data: object
}

/** The history of the alarms of all Regions. */
export interface AlarmHistory {
  note(alarm: Alarm, timestamp: number, type: HistoryItemType, told: Told): void
  /** The items of a Region, the oldest first. */
  of(region: string): HistoryItem[]
  readonly persistent: Persistent
}

export function createAlarmHistory(): AlarmHistory {
  /** By a growing number with leading zeros. */
  const items = new KeptMap<HistoryItem>('alarm-history')
  const keys = () => [...items.keys()].toSorted()
  return {
    note(alarm, timestamp, type, { summary, data }) {
      const alarmType = alarm.kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm'
      const key = String(Number(keys().at(-1) ?? 0) + 1).padStart(16, '0')
      items.set(key, {
        region: regionOf(alarm),
        alarmName: alarm.name,
        alarmType,
        timestamp,
        type,
        summary,
        data: JSON.stringify(data),
      })
      if (items.size <= 1.1 * longestHistory) return
      for (const old of keys().slice(0, -longestHistory)) items.delete(old)
    },
    of: (region) =>
      keys()
        .flatMap((key) => items.get(key) ?? [])
        .filter((item) => item.region === region),
    persistent: items,
  }
}
