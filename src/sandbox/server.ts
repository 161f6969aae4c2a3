import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  invocationOf,
  isOfInterest,
  type OnRequest,
  resourceOf,
  type SeenRequest,
} from './own/seen-request.ts'
import { ownService, type SandboxStatus } from './own/status.ts'
import { isSameKey, unknownKey } from './protocol/access-key.ts'
import { readBody } from './protocol/body.ts'
import { type Codec, type Codecs, codecsFor } from './protocol/codec.ts'
import { refuseWebPages, requireCredential } from './protocol/guard.ts'
import type { Call, Service } from './protocol/service.ts'
import { ServiceError } from './protocol/service-error.ts'
import type { WireRequest, WireResponse } from './protocol/wire.ts'
import { type Kept, keepsNothing, runKept } from './state/kept.ts'
import { storageFailure, storageReason } from './state/storage.ts'

interface Front extends ServerOptions {
  endpoints: Map<string, Endpoint>
  owner: Owner
  kept: Kept
}

export interface ServerOptions {
  /** Writes changes to disk before any client is told of them; undefined: nothing is kept. */
  kept?: Kept | undefined
  /** Called with each request of interest after its answer. */
  onRequest?: OnRequest | undefined
  /** The status for the owner. */
  status?: () => SandboxStatus
}

interface Endpoint {
  service: Service
  codecs: Codecs
}

/** The owner of the sandbox. */
export interface Owner {
  /** 12 digits. */
  account: string
  /** The only key that may sign requests. */
  accessKey: string
}

/** The sandbox's HTTP front: finds the service by the request's credential scope and calls the operation. */
export function createSandboxServer(
  services: Service[],
  owner: Owner,
  { kept = keepsNothing, ...options }: ServerOptions = {},
): Server {
  const endpoints = new Map<string, Endpoint>()
  for (const service of services) {
    endpoints.set(service.signingName, { service, codecs: codecsFor(service) })
  }
  return createServer((message, response) => {
    const requestId = randomUUID()
    answer({ endpoints, owner, kept, ...options }, message, requestId)
      .then((wire) => write(response, wire, requestId))
      // The client may hang up midway, so nobody gets the answer.
      .catch((error: unknown) => response.destroy(error as Error))
  })
}

async function answer(front: Front, message: IncomingMessage, requestId: string): Promise<WireResponse> {
  const { endpoints, owner, kept } = front
  const seen: Seen = { time: Date.now(), from: performance.now() }
  let codec: Codec | undefined
  try {
    const file = await download(endpoints, message)
    if (file) return { status: 200, headers: { 'content-type': 'application/zip' }, body: file }
    const credential = requireCredential({ headers: message.headers, ...addressOf(message) })
    const { signingName: service, region } = credential
    Object.assign(seen, { service, region })
    const endpoint = endpoints.get(service)
    codec = endpoint?.codecs(message.headers)
    if (!isSameKey(credential.accessKey, owner.accessKey)) throw unknownKey(codec?.kind)
    if (service === ownService && front.status) return json(200, front.status())
    if (!endpoint || !codec) throw unknownOperation(`the service ${service}`)
    const request = await readRequest(message)
    const { host = '' } = message.headers
    const call: Call = { account: owner.account, region, requestId, host }
    const answered = await operate(endpoint.service, codec, { request, call, kept, seen })
    tell(front, seen, { status: answered.status })
    return answered
  } catch (error) {
    if (message.destroyed && !message.complete) throw error
    const failure = error instanceof ServiceError ? error : internalFailure(error, kept)
    tell(front, seen, { status: failure.status, error: failure.code })
    return codec ? codec.error(failure, requestId) : plainError(failure)
  }
}

/** The facts about a request so far. */
interface Seen extends Omit<SeenRequest, 'status' | 'error' | 'durationMs'> {
  /** By a monotonic clock, milliseconds. */
  from: number
}

interface Operating {
  request: WireRequest
  call: Call
  kept: Kept
  seen: Seen
}

/** @throws ServiceError */
async function operate(
  service: Service,
  codec: Codec,
  { request, call, kept, seen }: Operating,
): Promise<WireResponse> {
  const matched = codec.match(request)
  if (matched) seen.operation = matched.operation
  if (!matched) throw unknownOperation(`${service.signingName}:${request.method} ${request.path}`)
  const operation = service.operations[matched.operation]
  if (!operation) throw absentOperation(`${service.signingName}:${matched.operation}`)
  const input = (await matched.decode()) as never
  const resource = resourceOf(input)
  if (resource !== undefined) seen.resource = resource
  const output = await runKept(kept, matched.operation, () => operation(input, call))
  Object.assign(seen, invocationOf(output))
  return matched.encode(output, call.requestId)
}

function tell(
  { onRequest }: Front,
  { from, ...seen }: Seen,
  answered: Pick<SeenRequest, 'status' | 'error'>,
): void {
  const durationMs = Math.round((performance.now() - from) * 10) / 10
  const request = { ...seen, ...answered, durationMs }
  if (isOfInterest(request)) onRequest?.(request)
}

/** Returns the content behind a link of a service; undefined if the request is no such link. */
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
  const { body } = wire
  if (typeof body === 'string' || body instanceof Uint8Array) response.end(body)
  // The client leaves such a stream whenever it wants.
  else pipeline(Readable.from(body), response).catch(() => response.destroy())
}

function unknownOperation(what: string): ServiceError {
  return new ServiceError('UnknownOperationException', 404, `The sandbox does not have ${what}.`)
}

/** 501: AWS has the operation, the sandbox does not. Clients don't try it again. */
function absentOperation(name: string): ServiceError {
  return new ServiceError('NotImplemented', 501, `The sandbox does not have ${name}.`)
}

function internalFailure(error: unknown, kept: Kept): ServiceError {
  const reason = storageReason(error)
  if (reason !== undefined) {
    kept.onStorageFailure(reason)
    return storageFailure(reason)
  }
  console.error(error)
  return new ServiceError('ServiceException', 500, `The sandbox failed: ${String(error)}`, {
    Type: 'Service',
  })
}

function plainError({ status, code, message }: ServiceError): WireResponse {
  return json(status, { __type: code, message }, { 'x-amzn-errortype': code })
}

function json(status: number, body: object, headers: Readonly<Record<string, string>> = {}): WireResponse {
  return {
    status,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }
}
