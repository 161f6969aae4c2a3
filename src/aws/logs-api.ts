import type { Connection } from './connection.ts'
import { once } from './once.ts'
import { prepared } from './prepare-client.ts'

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
