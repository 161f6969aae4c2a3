import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { isOwnPeer } from '../../front/peer-owner.ts'
import type { OnChunk } from '../model/executor.ts'
import { type Failure, largestResponse, reportedFailure, tooLargeFailure } from '../model/failure.ts'
import { readBody } from './read-body.ts'

/** The event that the runtime gets from `invocation/next`. */
export interface RuntimeEvent {
  requestId: string
  payload: Uint8Array
  /** Milliseconds since the epoch. */
  deadline: number
  invokedArn: string
  traceId: string
  /** JSON, decoded from the caller's base64. */
  clientContext: string | undefined
  /** Gets the parts of an answer that the runtime streams; without it they are put together. */
  onChunk?: OnChunk | undefined
}

/** The runtime's answer to an event. */
export type RuntimeAnswer = { body: Uint8Array; failure?: undefined } | { failure: Failure }

/** Lambda's Runtime API for one environment, on its own loopback port, and only for this user's processes. */
export interface RuntimeApi {
  /** `host:port`, for AWS_LAMBDA_RUNTIME_API. */
  address: string
  /** The runtime's first message: it asks for an event (undefined), or reports that it could not start. */
  initialised: Promise<Failure | undefined>
  /** Gives an event to the waiting runtime; its answer counts once it asks for the next event. */
  deliver(event: RuntimeEvent): Promise<RuntimeAnswer>
  /** Call this when the process has ended, or has to: waiting callers get this failure, or the answer that the runtime left. */
  runtimeEnded(failure: Failure): void
  /** Whether the end was reported. */
  ended(): boolean
  close(): void
}

/** Answers a request to another API. @returns false if it is for none */
type Elsewhere = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>

const nowhere: Elsewhere = () => Promise.resolve(false)
const prefix = '/2018-06-01/runtime/'

interface InHand {
  requestId: string
  onChunk: OnChunk | undefined
  answer?: RuntimeAnswer
  settle(answer: RuntimeAnswer): void
}

interface State {
  /** The runtime's open request for the next event. */
  waiting?: ServerResponse | undefined
  inHand?: InHand | undefined
  ended?: Failure
  initialised(failure: Failure | undefined): void
}

/**
 * @param elsewhere answers requests to other APIs at the same address
 * @param secret a text that only this environment has. A runtime that sends it in `Authorization` needs no search for its
 *   connection in the kernel's table.
 */
export async function openRuntimeApi(secret: string, elsewhere: Elsewhere = nowhere): Promise<RuntimeApi> {
  const { promise: initialised, resolve } = Promise.withResolvers<Failure | undefined>()
  const state: State = { initialised: resolve }
  let address = ''
  const trusted = new WeakSet<Socket>()
  const isTrusted = (socket: Socket, { authorization }: IncomingHttpHeaders) => {
    if (trusted.has(socket)) return true
    const isOwn = authorization === secret || isOwnPeer(socket)
    if (isOwn) trusted.add(socket)
    return isOwn
  }
  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, (request, response) => {
    if (!isTrusted(request.socket, request.headers)) return request.socket.destroy()
    if (isForeign(request, address)) return refuse(response, 403, 'Forbidden')
    const isOther = !request.url?.startsWith(prefix)
    const routed = isOther ? other(elsewhere, request, response) : route(state, request, response)
    routed.catch((error: unknown) => response.destroy(error as Error))
  })
  await new Promise<void>((listening, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', listening)
  })
  address = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    address,
    initialised,
    deliver: (event) => deliver(state, event),
    runtimeEnded: (failure) => runtimeEnded(state, failure),
    ended: () => state.ended !== undefined,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

/**
 * A web page can reach loopback ports too: by a host name of its own, or with the headers that browsers add. Clients in
 * C and Rust may leave the port out of the host.
 */
function isForeign(request: IncomingMessage, address: string): boolean {
  const { host, origin } = request.headers
  const isOwn = host === address || host === address.split(':')[0]
  return !isOwn || origin !== undefined || request.headers['sec-fetch-site'] !== undefined
}

async function other(
  elsewhere: Elsewhere,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!(await elsewhere(request, response))) refuse(response, 404, 'NotFound')
}

async function route(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url?.slice(prefix.length) ?? ''
  if (request.method === 'GET' && path === 'invocation/next') return next(state, response)
  if (request.method !== 'POST') return refuse(response, 404, 'NotFound')
  if (path === 'init/error') return initError(state, request, response)
  const [, requestId, kind] = /^invocation\/([^/]+)\/(response|error)$/.exec(path) ?? []
  if (!kind) return refuse(response, 404, 'NotFound')
  if (!state.inHand || state.inHand.requestId !== requestId) return refuse(response, 400, 'InvalidRequestID')
  return answer(state, state.inHand, { kind, request, response })
}

function next(state: State, response: ServerResponse): void {
  const { inHand } = state
  if (inHand && !inHand.answer) return refuse(response, 403, 'InvalidStateTransition')
  state.waiting = response
  state.inHand = undefined
  state.initialised(undefined)
  if (inHand?.answer) inHand.settle(inHand.answer)
}

async function initError(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = (await readBody(request, largestResponse)) ?? Buffer.alloc(0)
  accept(response)
  state.initialised(reportedFailure(body, errorTypeOf(request)))
}

/** A request that brings an answer. */
interface Answering {
  kind: string
  request: IncomingMessage
  response: ServerResponse
}

async function answer(state: State, inHand: InHand, { kind, request, response }: Answering): Promise<void> {
  const { headers } = request
  const streams = headers['lambda-runtime-function-response-mode'] === 'streaming'
  const body =
    streams && inHand.onChunk
      ? await passOn(request, inHand.onChunk)
      : await readBody(request, largestResponse)
  const failure = streams ? trailingFailure(request) : undefined
  if (inHand.answer) return refuse(response, 403, 'InvalidStateTransition')
  if (!body) inHand.answer = { failure: tooLargeFailure() }
  else if (failure) inHand.answer = { failure }
  else inHand.answer = kind === 'error' ? { failure: reportedFailure(body, errorTypeOf(request)) } : { body }
  // The sandbox's own runtimes ask for the next event by the same request, which saves a round trip.
  if (headers['lambdactl-runtime-next'] !== undefined) next(state, response)
  else if (body) accept(response)
  else refuse(response, 413, 'RequestEntityTooLarge')
}

/** Passes a streamed answer on, part by part. @returns an empty body */
async function passOn(request: IncomingMessage, onChunk: OnChunk): Promise<Buffer> {
  const { 'content-type': contentType } = request.headers
  for await (const chunk of request as AsyncIterable<Buffer>) onChunk(chunk, contentType)
  return Buffer.alloc(0)
}

/** The error of a handler that failed after it had begun its stream. */
function trailingFailure({ trailers }: IncomingMessage): Failure | undefined {
  const type = trailers['lambda-runtime-function-error-type']
  const body = trailers['lambda-runtime-function-error-body'] ?? ''
  return type === undefined ? undefined : reportedFailure(Buffer.from(body, 'base64'), type)
}

function errorTypeOf(request: IncomingMessage): string | undefined {
  const header = request.headers['lambda-runtime-function-error-type']
  return Array.isArray(header) ? header[0] : header
}

function runtimeEnded(state: State, failure: Failure): void {
  state.ended ??= failure
  state.initialised(failure)
  state.inHand?.settle(state.inHand.answer ?? { failure })
}

async function deliver(state: State, event: RuntimeEvent): Promise<RuntimeAnswer> {
  const { waiting, ended } = state
  if (ended) return { failure: ended }
  if (!waiting) throw new Error('The runtime is not waiting for an event.')
  const { promise, resolve } = Promise.withResolvers<RuntimeAnswer>()
  state.waiting = undefined
  state.inHand = { requestId: event.requestId, onChunk: event.onChunk, settle: resolve }
  waiting.writeHead(200, {
    'content-type': 'application/json',
    'content-length': event.payload.byteLength,
    ...eventHeaders(event),
  })
  waiting.end(event.payload)
  return promise
}

function eventHeaders(event: RuntimeEvent): Record<string, string> {
  const headers: Record<string, string> = {
    'Lambda-Runtime-Aws-Request-Id': event.requestId,
    'Lambda-Runtime-Deadline-Ms': String(event.deadline),
    'Lambda-Runtime-Invoked-Function-Arn': event.invokedArn,
    'Lambda-Runtime-Trace-Id': event.traceId,
  }
  if (event.clientContext) headers['Lambda-Runtime-Client-Context'] = headerText(event.clientContext)
  return headers
}

/** UTF-8 bytes as a header may hold them: without line breaks, which are only space in JSON, and without DEL. */
function headerText(text: string): string {
  return Buffer.from(text.replace(/[\r\n\x7f]+/g, ' ')).toString('latin1')
}

function accept(response: ServerResponse): void {
  response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}\n')
}

function refuse(response: ServerResponse, status: number, errorType: string): void {
  const body = JSON.stringify({ errorType, errorMessage: errorType })
  response.writeHead(status, { 'content-type': 'application/json' }).end(body)
}
