import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { isSameKey, unknownKey } from './protocol/access-key.ts'
import { readBody } from './protocol/body.ts'
import { type Codec, codecFor } from './protocol/codec.ts'
import { refuseWebPages, requireCredential } from './protocol/guard.ts'
import type { Call, Service } from './protocol/service.ts'
import { ServiceError } from './protocol/service-error.ts'
import type { WireRequest, WireResponse } from './protocol/wire.ts'
import { type Kept, keepsNothing, runKept } from './state/kept.ts'
import { storageFailure, storageReason } from './state/storage.ts'

interface Front {
  endpoints: Map<string, Endpoint>
  owner: Owner
  kept: Kept
}

interface Endpoint {
  service: Service
  codec: Codec
}

/** Whose sandbox it is. */
export interface Owner {
  /** 12 digits. */
  account: string
  /** The only one that requests may be signed with. */
  accessKey: string
}

/**
 * The sandbox's HTTP front: finds the service by the request's credential scope and calls the operation.
 *
 * @param kept whose changes are on disk before anybody is told of them; without it nothing is kept
 */
export function createSandboxServer(services: Service[], owner: Owner, kept: Kept = keepsNothing): Server {
  const endpoints = new Map<string, Endpoint>()
  for (const service of services) {
    endpoints.set(service.signingName, { service, codec: codecFor(service) })
  }
  return createServer((message, response) => {
    const requestId = randomUUID()
    answer({ endpoints, owner, kept }, message, requestId)
      .then((wire) => write(response, wire, requestId))
      // Also where the client has hung up midway, and nobody is there to be answered.
      .catch((error: unknown) => response.destroy(error as Error))
  })
}

async function answer(
  { endpoints, owner, kept }: Front,
  message: IncomingMessage,
  requestId: string,
): Promise<WireResponse> {
  let codec: Codec | undefined
  try {
    const file = await download(endpoints, message)
    if (file) return { status: 200, headers: { 'content-type': 'application/zip' }, body: file }
    const credential = requireCredential({ headers: message.headers, ...addressOf(message) })
    const endpoint = endpoints.get(credential.signingName)
    codec = endpoint?.codec
    if (!isSameKey(credential.accessKey, owner.accessKey)) throw unknownKey(endpoint?.service.protocol.kind)
    if (!endpoint) throw unknownOperation(`the service ${credential.signingName}`)
    const request = await readRequest(message)
    const matched = endpoint.codec.match(request)
    const operation = matched && endpoint.service.operations[matched.operation]
    if (!matched || !operation) {
      throw unknownOperation(
        `${credential.signingName}:${matched?.operation ?? `${request.method} ${request.path}`}`,
      )
    }
    const { host = '' } = message.headers
    const call: Call = { account: owner.account, region: credential.region, requestId, host }
    const input = (await matched.decode()) as never
    const output = await runKept(kept, matched.operation, () => operation(input, call))
    return matched.encode(output, requestId)
  } catch (error) {
    if (message.destroyed && !message.complete) throw error
    const failure = error instanceof ServiceError ? error : internalFailure(error, kept)
    return codec ? codec.error(failure, requestId) : plainError(failure)
  }
}

/** Returns the content behind a link of one of the services; undefined where the request is no such link. */
async function download(
  endpoints: Map<string, Endpoint>,
  message: IncomingMessage,
): Promise<Uint8Array | undefined> {
  if (message.method !== 'GET' || message.headers.authorization !== undefined) return undefined
  refuseWebPages(message.headers)
  const { path, query } = addressOf(message)
  for (const { service } of endpoints.values()) {
    const found = await service.download?.(path, query)
    if (found) return found
  }
  return undefined
}

async function readRequest(message: IncomingMessage): Promise<WireRequest> {
  return {
    method: message.method ?? 'GET',
    ...addressOf(message),
    headers: message.headers,
    body: await readBody(message),
  }
}

function addressOf({ url = '' }: IncomingMessage): Pick<WireRequest, 'path' | 'query'> {
  const [path = '', query] = url.split(/\?(.*)/s)
  return { path, query: new URLSearchParams(query) }
}

function write(response: ServerResponse, wire: WireResponse, requestId: string): void {
  response.writeHead(wire.status, { ...wire.headers, 'x-amzn-requestid': requestId })
  response.end(wire.body)
}

function unknownOperation(what: string): ServiceError {
  return new ServiceError('UnknownOperationException', 404, `The sandbox does not have ${what}.`)
}

function internalFailure(error: unknown, kept: Kept): ServiceError {
  const reason = storageReason(error)
  if (reason !== undefined) {
    kept.onStorageFailure(reason)
    return storageFailure(reason)
  }
  console.error(error)
  return new ServiceError('ServiceException', 500, `The sandbox failed: ${String(error)}`)
}

function plainError(error: ServiceError): WireResponse {
  return {
    status: error.status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': error.code },
    body: JSON.stringify({ __type: error.code, message: error.message }),
  }
}
