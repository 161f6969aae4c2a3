import type { Row } from '../row.ts'

const service = 'cloudwatch'

/** Alarms of functions. */
export const alarmRows: readonly Row[] = [
  {
    service,
    actions: ['DescribeAlarms'],
    on: 'alarms',
    verbs: ['alarms list', 'alarms ensure', 'alarms test', 'destroy'],
  },
  {
    service,
    actions: ['ListTagsForResource'],
    on: 'ensuredAlarms',
    verbs: ['alarms list', 'alarms ensure', 'destroy'],
  },
  // A request that makes an alarm with tags needs TagResource too.
  {
    service,
    actions: ['PutMetricAlarm', 'TagResource'],
    on: 'ensuredAlarms',
    verbs: ['alarms ensure'],
  },
  { service, actions: ['DeleteAlarms'], on: 'ensuredAlarms', verbs: ['alarms ensure'] },
  { service, actions: ['DeleteAlarms'], on: 'ensuredAlarms', verbs: ['destroy'], manages: 'function' },
  { service: 'lambda', actions: ['GetAlias'], on: 'function', verbs: ['alarms ensure', 'alarms test'] },
  { service, actions: ['GetMetricData'], on: 'all', verbs: ['alarms test'] },
  // Alarms that somebody else made have any name.
  { service, actions: ['DescribeAlarmHistory', 'SetAlarmState'], on: 'anyAlarm', verbs: ['alarms test'] },
  {
    service,
    actions: ['DescribeAlarmHistory'],
    on: 'anyAlarm',
    verbs: ['canary report'],
    fields: ['release.alarms'],
  },
]
