import { LambdaClient } from '@aws-sdk/client-lambda'
import type { Connection } from '../client/connection.ts'
import { prepared } from '../client/prepare-client.ts'
import type { TokenBucket } from '../client/token-bucket.ts'
import { type Contact, noteContact } from '../place/first-contact.ts'

/** The Lambda clients of this process with the quota that its control-plane calls share. */
export interface LambdaApi {
  client: LambdaClient
  /** For code, which Lambda copies before it answers. */
  uploader: LambdaClient
  /** For invocations alone, which may be silent for as long as a function may run. */
  invoker: LambdaClient
  control: TokenBucket
  /** Whether Lambda has answered yet. */
  heard: Contact
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
  const heard = { isMade: false }
  const listening = (settings: typeof client, options?: { isPatient: boolean }) => {
    const made = prepared(new LambdaClient(settings), connection, options)
    made.middlewareStack.use(noteContact(heard))
    return made
  }
  const silentFor = (socketTimeout: number) =>
    listening({ ...client, requestHandler: { ...client.requestHandler, socketTimeout } }, { isPatient: true })
  return {
    client: listening(client),
    uploader: silentFor(longestUploadMs),
    invoker: silentFor(longestInvocationMs),
    control: lambdaControl,
    heard,
    ended: connection.listeners.signal,
  }
}
