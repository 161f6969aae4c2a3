import type { Connection } from './connection.ts'
import { once } from './once.ts'

/** The CloudWatch Logs client with its commands, loaded at the first use. */
export function logsApi(connection: Connection) {
  return once(async () => {
    const sdk = await import('@aws-sdk/client-cloudwatch-logs')
    return { ...sdk, client: new sdk.CloudWatchLogsClient(connection.client) }
  })
}
