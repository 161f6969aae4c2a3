import { LambdaClient } from '@aws-sdk/client-lambda'
import { type Bounds, type Calls, callsOf } from '../client/calls.ts'
import type { Connection } from '../client/connection.ts'
import { type Contact, noteContact } from '../place/first-contact.ts'

/** The calls of Lambda in this process. */
export interface LambdaApi extends Calls<LambdaClient> {
  /** For code, which Lambda copies before it answers. */
  upload: Calls<LambdaClient>['call']
  /** For invocations only, which may be silent as long as a function may run. */
  invoke: Calls<LambdaClient>['call']
  /** Whether Lambda has answered yet. */
  heard: Contact
  /** Ends downloads that are under way. */
  ended: AbortSignal | undefined
}

/** Lambda's longest time-out is 15 minutes; this is a little more, so that the function's own ends first. */
const longestInvocationMs = 15.5 * 60_000

/** The AWS CLI waits as long for any answer. */
const longestUploadMs = 60_000

/** These don't count among the 15 calls a second: Lambda has quotas of their own for them. */
const ownQuota = new Set(['GetFunction', 'Invoke'])

export function lambdaApi(connection: Connection): LambdaApi {
  const client = connection.clientFor('Lambda')
  const heard = { isMade: false }
  const quota = async (operation: string) => {
    if (operation === 'GetPolicy') await connection.policyReads.take()
    else if (!ownQuota.has(operation)) await connection.lambdaControl.take()
  }
  const callsWith = (settings: typeof client, bounds?: Bounds) => {
    const made = new LambdaClient(settings)
    const calls = callsOf(made, connection, { ...bounds, quota })
    made.middlewareStack.use(noteContact(heard))
    return calls
  }
  const silentFor = (socketTimeout: number) =>
    callsWith({ ...client, requestHandler: { ...client.requestHandler, socketTimeout } }, { isPatient: true })
  return {
    ...callsWith(client),
    upload: silentFor(longestUploadMs).call,
    invoke: silentFor(longestInvocationMs).call,
    heard,
    ended: connection.listeners.signal,
  }
}
