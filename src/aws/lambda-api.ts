import { LambdaClient } from '@aws-sdk/client-lambda'
import type { Connection } from './connection.ts'
import { prepared } from './prepare-client.ts'
import type { TokenBucket } from './token-bucket.ts'

/** The Lambda clients of this process with the quota that its control-plane calls share. */
export interface LambdaApi {
  client: LambdaClient
  /** For code, which Lambda copies before it answers. */
  uploader: LambdaClient
  /** For invocations alone, which may be silent for as long as a function may run. */
  invoker: LambdaClient
  control: TokenBucket
  /** Ends downloads that are under way. */
  ended: AbortSignal | undefined
}

/** Lambda's longest time-out is 15 minutes; a little more, so that the function's own comes first. */
const longestInvocationMs = 15.5 * 60_000

/** As long as the AWS CLI waits for any answer. */
const longestUploadMs = 60_000

export function lambdaApi(connection: Connection): LambdaApi {
  const { lambdaControl } = connection
  const client = connection.clientFor('Lambda')
  const silentFor = (socketTimeout: number) =>
    prepared(
      new LambdaClient({ ...client, requestHandler: { ...client.requestHandler, socketTimeout } }),
      connection,
      { isPatient: true },
    )
  return {
    client: prepared(new LambdaClient(client), connection),
    uploader: silentFor(longestUploadMs),
    invoker: silentFor(longestInvocationMs),
    control: lambdaControl,
    ended: connection.listeners.signal,
  }
}
