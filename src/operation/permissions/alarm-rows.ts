import type { Row } from './row.ts'

const service = 'cloudwatch'

/** Alarms of functions. */
export const alarmRows: readonly Row[] = [
  { service, actions: ['DescribeAlarms'], on: 'alarms', verbs: ['alarms list', 'alarms ensure'] },
  {
    service,
    actions: ['ListTagsForResource'],
    on: 'ensuredAlarms',
    verbs: ['alarms list', 'alarms ensure'],
  },
  // A request that makes an alarm with tags needs TagResource too.
  {
    service,
    actions: ['PutMetricAlarm', 'DeleteAlarms', 'TagResource'],
    on: 'ensuredAlarms',
    verbs: ['alarms ensure'],
  },
]
