import { randomUUID } from 'node:crypto'
import type { IncomingMessage, RequestListener, Server } from 'node:http'
import { tmpdir } from 'node:os'
import pLimit, { type LimitFunction } from 'p-limit'
import { realClock, type SandboxClock } from './clock.ts'
import { type Faults, noFaults } from './faults/faults.ts'
import { DroppedAnswer, strikeRequest } from './faults/request-faults.ts'
import { missingKey } from './front/access-key.ts'
import { type Bodies, createBodies, type ReceivedBody, unzippedBytes } from './front/body.ts'
import { callerOf, type Endpoint, type FindSession, likelyEndpoint, type Owner } from './front/caller.ts'
import { endpointsOf, findEndpoint } from './front/endpoints.ts'
import { FrontServer } from './front/front-server.ts'
import { credentialOf, refuseWebPages } from './front/guard.ts'
import { isOwnPeer } from './front/peer-owner.ts'
import { tellTime } from './front/tell-time.ts'
import { plainError, writeAnswer } from './front/write-answer.ts'
import { type Own, ownAnswer } from './own/own-answer.ts'
import { ownService } from './own/own-service.ts'
import { invocationOf, type OnRequest, resourceOf } from './own/seen-request.ts'
import { type Seen, tellRequest } from './own/tell-request.ts'
import { notImplemented } from './protocol/accepting.ts'
import type { Codec } from './protocol/codec.ts'
import type { Call, Service } from './protocol/service.ts'
import { ServiceError } from './protocol/service-error.ts'
import type { WireRequest, WireResponse } from './protocol/wire.ts'
import { type Kept, keepsNothing, runKept } from './state/kept.ts'
import { storageFailure, storageReason } from './state/storage.ts'

interface Front extends ServerOptions {
  endpoints: Map<string, Endpoint>
  owner: Owner
  kept: Kept
  findSession: FindSession
  faults: Pick<Faults, 'strike'>
  clock: SandboxClock
  bodies: Bodies
  /** The turn of requests whose bodies are too large for memory. */
  large: LimitFunction
}

export interface ServerOptions {
  /** Writes changes to disk before any client is told of them; undefined: nothing is kept. */
  kept?: Kept | undefined
  /** Called with each request of interest after its answer. */
  onRequest?: OnRequest | undefined
  /** The sandbox itself, for its owner. */
  own?: Own
  /** Default: none. */
  faults?: Pick<Faults, 'strike'>
  /** Finds temporary keys; default: there are none. */
  findSession?: FindSession
  /** Default: real time. */
  clock?: SandboxClock
  /** The folder for large bodies while they are received; default: the system's temporary folder. */
  bodyFolder?: string
}

/** Large bodies that are read into memory at the same time. */
const mostLargeBodies = 1

/** The sandbox's HTTP front: finds the service by the request's credential scope and calls the operation. */
export function sandboxListener(
  services: Service[],
  owner: Owner,
  {
    kept = keepsNothing,
    findSession = () => undefined,
    faults = noFaults,
    clock = realClock,
    ...options
  }: ServerOptions = {},
): RequestListener {
  const endpoints = endpointsOf(services)
  const bodies = createBodies(options.bodyFolder ?? tmpdir())
  const large = pLimit(mostLargeBodies)
  const front = { endpoints, owner, kept, findSession, faults, clock, bodies, large, ...options }
  return (message, response) => {
    const requestId = randomUUID()
    answer(front, message, requestId)
      .then((wire) => writeAnswer(tellTime(response, clock), wire, requestId))
      // The client may hang up midway, so nobody gets the answer.
      .catch((error: unknown) => response.destroy(error as Error))
  }
}

/** A server of services that stay. */
export function createSandboxServer(services: Service[], owner: Owner, options?: ServerOptions): Server {
  return new FrontServer(sandboxListener(services, owner, options))
}

async function answer(front: Front, message: IncomingMessage, requestId: string): Promise<WireResponse> {
  const { endpoints, owner } = front
  const seen: Seen = { time: front.clock.now(), from: performance.now() }
  let codec: Codec | undefined
  try {
    const page = await visit(front, message, requestId)
    if (page) return page
    const file = await download(endpoints, message)
    if (file) return { status: 200, headers: { 'content-type': 'application/zip' }, body: file }
    refuseWebPages(message.headers)
    let endpoint = likelyEndpoint(endpoints, message)
    codec = endpoint?.codecs(message.headers)
    const credential = credentialOf({ headers: message.headers, ...addressOf(message) }, Date.now())
    const { host = '' } = message.headers
    const call: Call = { account: owner.account, region: unsignedRegion, requestId, host }
    if (credential) {
      const { signingName: service, region } = credential
      Object.assign(seen, { service, region })
      endpoint = await findEndpoint(endpoints, service)
      codec = endpoint?.codecs(message.headers)
      Object.assign(call, { region, caller: callerOf(credential, front, codec?.kind) })
      if (service === ownService && front.own) return await askOwn(front.own, front, message, call)
      if (!endpoint || !codec) throw notImplemented(`the service ${service}`)
    } else if (!endpoint || !codec || !mayBeUnsigned(endpoint, message)) throw missingKey(codec?.kind)
    const incoming = { message, call, seen, isSigned: credential !== undefined }
    const answered = await receive(front, { service: endpoint.service, codec }, incoming)
    tellRequest(front, seen, { status: answered.status })
    return answered
  } catch (error) {
    if (message.destroyed && !message.complete) throw error
    if (error instanceof DroppedAnswer) {
      tellRequest(front, seen, { status: error.status })
      throw error
    }
    const failure = error instanceof ServiceError ? error : internalFailure(error, front.kept)
    tellRequest(front, seen, { status: failure.status, error: failure.code })
    return codec ? codec.error(failure, requestId) : plainError(failure)
  }
}

/** Answers the owner about the sandbox itself. */
async function askOwn(
  own: Own,
  { bodies }: Front,
  message: IncomingMessage,
  call: Call,
): Promise<WireResponse> {
  if (call.caller)
    throw new ServiceError('AccessDeniedException', 403, 'Only the own key of the sandbox may ask this.')
  const body = await bodies.receive(message, largestUnsigned)
  try {
    return await ownAnswer(own, await requestOf(message, body, false))
  } finally {
    await body.close()
  }
}

/** The Region of requests that name none, as AWS's global endpoints have it. */
const unsignedRegion = 'us-east-1'

/** The largest body that is read for a caller who has not signed, bytes. */
const largestUnsigned = 100_000

/** An unsigned request is read only for a process of the sandbox's own user: others can reach loopback too. */
function mayBeUnsigned({ service }: Endpoint, { headers, socket }: IncomingMessage): boolean {
  const length = Number(headers['content-length'])
  return service.unsigned !== undefined && length <= largestUnsigned && isOwnPeer(socket)
}

/** A service with the protocol that a request speaks. */
interface Addressed {
  service: Service
  codec: Codec
}

interface Incoming {
  message: IncomingMessage
  call: Call
  seen: Seen
  isSigned: boolean
}

/** Receives the body and calls the operation. Bodies that are too large for memory take turns. */
async function receive(front: Front, addressed: Addressed, incoming: Incoming): Promise<WireResponse> {
  const { largestStream } = addressed.service
  const body = await front.bodies.receive(incoming.message, largestStream)
  try {
    if (largestStream !== undefined || !body.isOnDisk)
      return await operate(front, addressed, { ...incoming, body })
    return await front.large(() => operate(front, addressed, { ...incoming, body }))
  } finally {
    await body.close()
  }
}

/** @throws ServiceError */
async function operate(
  { kept, faults }: Front,
  { service, codec }: Addressed,
  { message, call, seen, isSigned, body }: Incoming & { body: ReceivedBody },
): Promise<WireResponse> {
  const request = await requestOf(message, body, service.largestStream !== undefined)
  const matched = codec.match(request)
  if (matched) seen.operation = matched.operation
  if (!isSigned && !service.unsigned?.includes(matched?.operation ?? '')) throw missingKey(codec.kind)
  if (!matched) throw unknownOperation(`${service.signingName}:${request.method} ${request.path}`)
  const operation = service.operations[matched.operation]
  if (!operation) throw notImplemented(`${service.signingName}:${matched.operation}`)
  const input = (await matched.decode()) as never
  const resource = resourceOf(input)
  if (resource !== undefined) seen.resource = resource
  const asked = { service: service.signingName, operation: matched.operation, input }
  const { instead, isDropped } = await strikeRequest(faults, asked, ({ kind }) => (seen.fault = kind))
  if (instead) return instead
  const output = await runKept(kept, matched.operation, () => operation(input, call))
  Object.assign(seen, invocationOf(output))
  const answered = matched.encode(output, call.requestId)
  if (isDropped) throw new DroppedAnswer(answered.status)
  return answered
}

/** Returns a page of a service; undefined if the request is for none. A page decides by itself who may see it. */
async function visit(
  front: Front,
  message: IncomingMessage,
  requestId: string,
): Promise<WireResponse | undefined> {
  const { path, query } = addressOf(message)
  const site = [...front.endpoints.values()].find(({ service }) => service.site?.owns(path))?.service.site
  if (!site) return undefined
  const { headers, socket, method = 'GET', url = '' } = message
  const body = await front.bodies.receive(message, site.largestBody)
  try {
    return await site.answer({
      method,
      path,
      queryString: url.split(/\?(.*)/s)[1] ?? '',
      headers,
      body: await body.bytes(),
      requestId,
      sourceAddress: socket.remoteAddress ?? '',
      accessKey: signingKey(front, { headers, query }),
    })
  } finally {
    await body.close()
  }
}

/** The key of a signature; undefined for any other Authorization, which is the page's own matter. */
function signingKey(front: Front, signed: Parameters<typeof credentialOf>[0]): string | undefined {
  try {
    const credential = credentialOf(signed, Date.now())
    if (credential) callerOf(credential, front, 'restJson1')
    return credential?.accessKey
  } catch (error) {
    if (error instanceof ServiceError) return undefined
    throw error
  }
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

/** @param isStreamed the service reads the body as a stream, and keeps its encoding */
async function requestOf(
  message: IncomingMessage,
  body: ReceivedBody,
  isStreamed: boolean,
): Promise<WireRequest> {
  const request = { method: message.method ?? 'GET', ...addressOf(message), headers: body.headers }
  if (!isStreamed) return { ...request, body: await unzippedBytes(body) }
  return { ...request, body: body.isOnDisk ? Buffer.alloc(0) : await body.bytes(), content: body }
}

function addressOf({ url = '' }: IncomingMessage): Pick<WireRequest, 'path' | 'query'> {
  const [path = '', query] = url.split(/\?(.*)/s)
  return { path, query: new URLSearchParams(query) }
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
  return new ServiceError('ServiceException', 500, `The sandbox failed: ${String(error)}`, {
    Type: 'Service',
  })
}
