import type { Connection } from '../client/connection.ts'
import { once } from '../client/once.ts'
import { prepared } from '../client/prepare-client.ts'

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
