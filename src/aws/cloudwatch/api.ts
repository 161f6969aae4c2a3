import { callsOf } from '../client/calls.ts'
import type { Connection } from '../client/connection.ts'
import { once } from '../client/once.ts'

/** CloudWatch; the SDK is loaded at the first use. */
export function cloudWatchApi(connection: Connection) {
  const buckets = new Map([
    ['DescribeAlarms', connection.alarmReads],
    ['ListTagsForResource', connection.alarmReads],
    ['DescribeAlarmHistory', connection.alarmReads],
    ['PutMetricAlarm', connection.alarmChanges],
    ['DeleteAlarms', connection.alarmChanges],
    ['SetAlarmState', connection.alarmChanges],
    ['GetMetricData', connection.metricReads],
  ])
  const quota = async (operation: string) => {
    await buckets.get(operation)?.take()
  }
  return once(async () => {
    const sdk = await import('@aws-sdk/client-cloudwatch')
    const client = new sdk.CloudWatchClient(connection.clientFor('CloudWatch'))
    return { sdk, ...callsOf(client, connection, { quota }) }
  })
}

export type CloudWatchApi = ReturnType<typeof cloudWatchApi>
