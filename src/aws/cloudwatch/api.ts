import type { Connection } from '../client/connection.ts'
import { loadService } from '../client/load-service.ts'

/** CloudWatch. */
export function cloudWatchApi(connection: Connection) {
  return loadService(
    connection,
    'CloudWatch',
    () => import('@aws-sdk/client-cloudwatch'),
    ({ CloudWatchClient }, config) => new CloudWatchClient(config),
  )
}

export type CloudWatchApi = ReturnType<typeof cloudWatchApi>
