import type { Caller, Identity } from '../ports/identity.ts'
import type { Connection } from './client/connection.ts'
import { loadService } from './client/load-service.ts'

/** The caller's identity from STS, which is asked until it has answered once. */
export function stsIdentity(connection: Connection): Identity {
  const api = loadService(
    connection,
    'STS',
    () => import('@aws-sdk/client-sts'),
    ({ STSClient }, config) => new STSClient(config),
  )
  const ask = async (signal: AbortSignal | undefined): Promise<Caller> => {
    const { call, sdk } = await api()
    const command = new sdk.GetCallerIdentityCommand({})
    const { Account = '', Arn = '' } = await call('ask AWS whose credentials these are', command, signal)
    return { account: Account, arn: Arn }
  }
  let asked: Promise<Caller> | undefined
  return {
    async caller(signal) {
      // A failed or abandoned question is asked again.
      const earlier = await asked?.catch(() => undefined)
      if (earlier) return earlier
      asked = ask(signal)
      return asked
    },
  }
}
