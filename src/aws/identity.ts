import type { STSClient } from '@aws-sdk/client-sts'
import type { Caller, Identity, Lifetime } from '../ports/identity.ts'
import type { Connection } from './client/connection.ts'
import { loadService } from './client/load-service.ts'

type AttributedCredentials = Credentials & { $source?: object }
type Credentials = Awaited<ReturnType<STSClient['config']['credentials']>>

/** The SDK's names of sources that are read once: none of them gets new credentials. */
const fixedSources = ['CREDENTIALS_CODE', 'CREDENTIALS_ENV_VARS', 'CREDENTIALS_PROFILE']

/** The caller's identity from STS, which is asked until it has answered once. */
export function stsIdentity(connection: Connection): Identity {
  let client: STSClient | undefined
  const api = loadService(
    connection,
    'STS',
    () => import('@aws-sdk/client-sts'),
    ({ STSClient: Client }, config) => (client = new Client(config)),
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
    async lifetime() {
      await api()
      return lifetimeOf(await client?.config.credentials())
    },
    async region() {
      await api()
      return (await client?.config.region()) ?? ''
    },
  }
}

function lifetimeOf(credentials: Credentials | undefined): Lifetime {
  const { sessionToken, expiration, $source = {} } = (credentials ?? {}) as Partial<AttributedCredentials>
  const until = expiration?.getTime()
  return {
    isTemporary: sessionToken !== undefined,
    ...(until !== undefined && !Number.isNaN(until) && { until }),
    isRenewed: Object.keys($source).some((source) => !fixedSources.includes(source)),
  }
}
