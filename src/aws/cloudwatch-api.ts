import type { Connection } from './connection.ts'
import { once } from './once.ts'

/** The CloudWatch client with its commands, loaded at the first use. */
export function cloudWatchApi(connection: Connection) {
  return once(async () => {
    const sdk = await import('@aws-sdk/client-cloudwatch')
    return { ...sdk, client: new sdk.CloudWatchClient(connection.client) }
  })
}

export type CloudWatchApi = ReturnType<typeof cloudWatchApi>
