import { codecsFor } from '../protocol/codec.ts'
import type { Service } from '../protocol/service.ts'
import type { Endpoint } from './caller.ts'

/** The services of the sandbox by the name in a request's signature. */
export function endpointsOf(services: readonly Service[]): Map<string, Endpoint> {
  return new Map(services.map((service) => [service.signingName, endpointOf(service)]))
}

/** The endpoint of a service; the first request for a deferred service loads it. */
export async function findEndpoint(
  endpoints: Map<string, Endpoint>,
  signingName: string,
): Promise<Endpoint | undefined> {
  const found = endpoints.get(signingName)
  if (!found?.service.deferred) return found
  const { deferred, ...service } = found.service
  const loaded = endpointOf({ ...service, ...(await deferred.load()) })
  endpoints.set(signingName, loaded)
  return loaded
}

function endpointOf(service: Service): Endpoint {
  return { service, codecs: codecsFor(service) }
}
