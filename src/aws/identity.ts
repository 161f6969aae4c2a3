import type { Connection } from './connection.ts'
import { attempt } from './errors.ts'

/** The account that the credentials belong to, twelve digits. */
export async function callerAccount(connection: Connection): Promise<string> {
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts')
  const client = new STSClient(connection.client)
  const identity = await attempt('ask whose credentials these are', () =>
    client.send(new GetCallerIdentityCommand({})),
  )
  return identity.Account ?? ''
}
