import type { Service } from '../place/services.ts'
import { type Calls, callsOf } from './calls.ts'
import type { ClientConfig, Connection } from './connection.ts'
import { once } from './once.ts'

/** The SDK of a service with its commands, and the calls by its client. */
export interface Loaded<Sdk, Client> extends Calls<Client> {
  sdk: Sdk
}

/** Loads the SDK of a service at the first use, and shares it: commands that don't need it start sooner. */
export function loadService<Sdk, Client extends object>(
  connection: Connection,
  service: Service,
  load: () => Promise<Sdk>,
  make: (sdk: Sdk, config: ClientConfig) => Client,
): () => Promise<Loaded<Sdk, Client>> {
  return once(async () => {
    const sdk = await load()
    return { sdk, ...callsOf(make(sdk, connection.clientFor(service)), connection) }
  })
}
