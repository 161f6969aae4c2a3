import type { Connection } from '../client/connection.ts'
import { once } from '../client/once.ts'
import { prepared } from '../client/prepare-client.ts'

/** The CloudWatch Logs client with its commands, loaded at the first use. */
export function logsApi(connection: Connection) {
  return once(async () => {
    const sdk = await import('@aws-sdk/client-cloudwatch-logs')
    return {
      ...sdk,
      client: prepared(new sdk.CloudWatchLogsClient(connection.clientFor('CloudWatch Logs')), connection),
    }
  })
}
