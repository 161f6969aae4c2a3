import type { Identity } from '../ports/identity.ts'
import type { Connection } from './connection.ts'
import { attempt } from './errors.ts'

/** The caller's identity, by STS. */
export function stsIdentity(connection: Connection): Identity {
  return {
    async caller() {
      const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts')
      const client = new STSClient(connection.client)
      const { Account: account = '', Arn: arn = '' } = await attempt('ask whose credentials these are', () =>
        client.send(new GetCallerIdentityCommand({})),
      )
      return { account, arn }
    },
  }
}
