import { LambdaClient } from '@aws-sdk/client-lambda'
import type { Connection } from './connection.ts'
import type { TokenBucket } from './token-bucket.ts'

/** The Lambda client of this process with the quota that its control-plane calls share. */
export interface LambdaApi {
  client: LambdaClient
  control: TokenBucket
}

export function lambdaApi(connection: Connection): LambdaApi {
  return { client: new LambdaClient(connection.client), control: connection.lambdaControl }
}
