import type {
  AlarmHistoryItem,
  AlarmType,
  CompositeAlarm,
  HistoryItemType,
  MetricAlarm,
} from '@aws-sdk/client-cloudwatch'
import type { AlarmSettings, AlarmTransition, SeenAlarm } from '../../ports/alarms.ts'
import type { AlarmCondition } from '../../release/values/observed.ts'
import { ifThere } from '../answers/expected-errors.ts'
import { batches, read, toMetricState, toState } from './alarms.ts'
import type { CloudWatchApi } from './api.ts'
import { toRequest, toWholeAlarm } from './whole-alarm.ts'

/** Definitions, tags and states of alarms over the CloudWatch API. */
export function cloudWatchAlarmSettings(api: CloudWatchApi): AlarmSettings {
  return { ...reads(api), ...changes(api) }
}

function reads(
  api: CloudWatchApi,
): Pick<AlarmSettings, 'named' | 'all' | 'tags' | 'actions' | 'transitions'> {
  return {
    async named(names) {
      const found: SeenAlarm[] = []
      for (const AlarmNames of batches([...new Set(names)]))
        found.push(...(await seen(api, `read the alarms ${AlarmNames.join(', ')}`, { AlarmNames })))
      return found
    },
    all: () => seen(api, 'list the alarms', {}),
    async tags({ name, arn }) {
      const { call, sdk } = await api()
      const command = new sdk.ListTagsForResourceCommand({ ResourceARN: arn })
      const { Tags = [] } = await call(`read the tags of the alarm ${name}`, command)
      return Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]))
    },
    async actions(name, since) {
      const items = await historyOf(api, name, since, 'Action')
      return items.map(({ Timestamp, HistorySummary = '' }) => ({
        time: Timestamp?.getTime() ?? 0,
        summary: HistorySummary,
      }))
    },
    async transitions(name, since) {
      const items = await historyOf(api, name, since, 'StateUpdate')
      return items.flatMap(toTransition).toSorted((one, other) => one.time - other.time)
    },
  }
}

async function historyOf(
  api: CloudWatchApi,
  name: string,
  since: number,
  type: HistoryItemType,
): Promise<AlarmHistoryItem[]> {
  const { pages, sdk } = await api()
  const found = await pages(`read the history of the alarm ${name}`, sdk.paginateDescribeAlarmHistory, {
    AlarmName: name,
    // Composite alarms are left out unless both types are requested.
    AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] as const satisfies AlarmType[],
    HistoryItemType: type,
    StartDate: new Date(since),
  })
  return found.flatMap(({ AlarmHistoryItems = [] }) => AlarmHistoryItems)
}

/** The data of a change are JSON of CloudWatch's own; an item of another shape is left out. */
function toTransition({ Timestamp, HistoryData = '' }: AlarmHistoryItem): AlarmTransition[] {
  const { oldState, newState } = parsed(HistoryData)
  const [from, to] = [conditionOf(oldState), conditionOf(newState)]
  if (!Timestamp || !from || !to) return []
  return [{ time: Timestamp.getTime(), from, to, reason: String(newState?.stateReason ?? '') }]
}

interface HistoryState {
  stateValue?: unknown
  stateReason?: unknown
}

function parsed(data: string): { oldState?: HistoryState; newState?: HistoryState } {
  try {
    const value: unknown = JSON.parse(data)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

const conditions: readonly unknown[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] satisfies AlarmCondition[]

function conditionOf(state: HistoryState | undefined): AlarmCondition | undefined {
  return conditions.includes(state?.stateValue) ? (state?.stateValue as AlarmCondition) : undefined
}

async function seen(
  api: CloudWatchApi,
  action: string,
  selection: Parameters<typeof read>[2],
): Promise<SeenAlarm[]> {
  const pages = await read(api, action, selection)
  return pages.flatMap(({ MetricAlarms = [], CompositeAlarms = [] }) => [
    ...MetricAlarms.map((alarm) => ({
      ...toMetricState(alarm),
      definition: toWholeAlarm(alarm),
      ...actionsOf(alarm),
    })),
    ...CompositeAlarms.map((alarm) => ({
      ...toState(alarm),
      rule: alarm.AlarmRule ?? '',
      ...actionsOf(alarm),
    })),
  ])
}

function actionsOf(alarm: MetricAlarm | CompositeAlarm): Pick<SeenAlarm, 'actions' | 'actionsAreOn'> {
  return { actionsAreOn: alarm.ActionsEnabled ?? true, actions: alarm.AlarmActions ?? [] }
}

function changes(api: CloudWatchApi): Pick<AlarmSettings, 'put' | 'remove' | 'setState'> {
  return {
    async put(alarm, tags) {
      const { call, sdk } = await api()
      await call(`make the alarm ${alarm.name}`, new sdk.PutMetricAlarmCommand(toRequest(alarm, tags)))
    },
    async remove(names) {
      const { call, sdk } = await api()
      for (const AlarmNames of batches(names)) {
        const command = new sdk.DeleteAlarmsCommand({ AlarmNames })
        await ifThere(call(`delete the alarms ${AlarmNames.join(', ')}`, command))
      }
    },
    async setState(AlarmName, StateValue, StateReason) {
      const { call, sdk } = await api()
      const command = new sdk.SetAlarmStateCommand({ AlarmName, StateValue, StateReason })
      await call(`set the state of the alarm ${AlarmName}`, command)
    },
  }
}
