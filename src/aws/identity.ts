import type { Caller, Identity } from '../ports/identity.ts'
import { attempt } from './answers/translate.ts'
import type { Connection } from './client/connection.ts'
import { prepared } from './client/prepare-client.ts'

/** The caller's identity, by STS, which is asked until it has answered once. */
export function stsIdentity(connection: Connection): Identity {
  let asked: Promise<Caller> | undefined
  return {
    async caller(signal) {
      // One that failed or was given up is asked again.
      const earlier = await asked?.catch(() => undefined)
      if (earlier) return earlier
      asked = ask(connection, signal)
      return asked
    },
  }
}

async function ask(connection: Connection, abortSignal: AbortSignal | undefined): Promise<Caller> {
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts')
  const client = prepared(new STSClient(connection.clientFor('STS')), connection)
  const { Account: account = '', Arn: arn = '' } = await attempt('ask whose credentials these are', () =>
    client.send(new GetCallerIdentityCommand({}), abortSignal ? { abortSignal } : {}),
  )
  return { account, arn }
}
