import type { Connection } from './connection.ts'
import { once } from './once.ts'
import { prepared } from './prepare-client.ts'

/** The CloudWatch client with its commands, loaded at the first use. */
export function cloudWatchApi(connection: Connection) {
  return once(async () => {
    const sdk = await import('@aws-sdk/client-cloudwatch')
    return {
      ...sdk,
      client: prepared(new sdk.CloudWatchClient(connection.clientFor('CloudWatch')), connection),
    }
  })
}

export type CloudWatchApi = ReturnType<typeof cloudWatchApi>
