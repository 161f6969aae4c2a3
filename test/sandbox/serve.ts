import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Service } from '../../src/sandbox/protocol/service.ts'
import { createSandboxServer, type ServerOptions } from '../../src/sandbox/server.ts'

/** Emulated services on a free port. */
export interface Served {
  endpoint: string
  port: number
  close(): Promise<void>
}

export async function serve(
  services: Service[],
  account: string,
  options: ServerOptions = {},
): Promise<Served> {
  const owner = { account, accessKey: 'test' }
  const server = createSandboxServer(services, owner, options).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    endpoint: `http://127.0.0.1:${port}`,
    port,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** No retries, so that a test sees each answer. */
export function clientSettings(endpoint: string, region = 'eu-west-1') {
  return { endpoint, region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, maxAttempts: 1 }
}
