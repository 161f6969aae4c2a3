import type { Connection } from '../client/connection.ts'
import { loadService } from '../client/load-service.ts'

/** CloudWatch Logs. */
export function logsApi(connection: Connection) {
  return loadService(
    connection,
    'CloudWatch Logs',
    () => import('@aws-sdk/client-cloudwatch-logs'),
    ({ CloudWatchLogsClient }, config) => new CloudWatchLogsClient(config),
  )
}

export type LogsApi = ReturnType<typeof logsApi>
