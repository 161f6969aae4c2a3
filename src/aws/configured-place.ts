import { LambdaClient } from '@aws-sdk/client-lambda'
import type { Connection } from './connection.ts'

/** Where the SDK itself sends Lambda's calls, from a connection, AWS's variables and its shared configuration. Asks no network. */
export async function configuredPlace({
  client,
}: Connection): Promise<{ region: string | undefined; endpoint: string | undefined }> {
  const { config } = new LambdaClient(client)
  // Where there is no Region, the first call says so.
  const region = await config.region().catch(() => undefined)
  const configured = client.ignoreConfiguredEndpointUrls
    ? undefined
    : await config.serviceConfiguredEndpoint?.()
  const endpoint = client.endpoint ?? configured
  return { region, endpoint }
}
