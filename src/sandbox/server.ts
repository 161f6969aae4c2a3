import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { type Codec, codecFor } from './protocol/codec.ts'
import { requireScope } from './protocol/guard.ts'
import type { Call, Service } from './protocol/service.ts'
import { ServiceError } from './protocol/service-error.ts'
import type { WireRequest, WireResponse } from './protocol/wire.ts'

/** Larger bodies are refused unread; Lambda's own limit for a CreateFunction request is 70,167,211 bytes. */
const largestBody = 75_000_000

interface Endpoint {
  service: Service
  codec: Codec
}

/** The sandbox's HTTP front: finds the service by the request's credential scope and calls the operation. */
export function createSandboxServer(services: Service[], account: string): Server {
  const endpoints = new Map<string, Endpoint>()
  for (const service of services) {
    endpoints.set(service.signingName, { service, codec: codecFor(service, randomUUID) })
  }
  return createServer((message, response) => {
    const requestId = randomUUID()
    answer(endpoints, account, message, response, requestId)
      .then((wire) => write(response, wire, requestId))
      .catch((error: unknown) => response.destroy(error as Error))
  })
}

async function answer(
  endpoints: Map<string, Endpoint>,
  account: string,
  message: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): Promise<WireResponse> {
  let codec: Codec | undefined
  try {
    const scope = requireScope(message.headers)
    const endpoint = endpoints.get(scope.signingName)
    if (!endpoint) throw unknownOperation(`the service ${scope.signingName}`)
    codec = endpoint.codec
    const request = await readRequest(message)
    const matched = codec.match(request)
    const operation = matched && endpoint.service.operations[matched.operation]
    if (!matched || !operation) {
      throw unknownOperation(
        `${scope.signingName}:${matched?.operation ?? `${request.method} ${request.path}`}`,
      )
    }
    const hangUp = new AbortController()
    response.once('close', () => hangUp.abort())
    const call: Call = { account, region: scope.region, requestId, signal: hangUp.signal }
    const input = (await matched.decode()) as never
    return matched.encode(await operation(input, call))
  } catch (error) {
    const failure = error instanceof ServiceError ? error : internalFailure(error)
    return codec ? codec.error(failure, requestId) : plainError(failure)
  }
}

async function readRequest(message: IncomingMessage): Promise<WireRequest> {
  const url = new URL(message.url ?? '/', 'http://sandbox')
  return {
    method: message.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: message.headers,
    body: await readBody(message),
  }
}

async function readBody(message: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.byteLength
    if (size > largestBody) {
      throw new ServiceError(
        'RequestEntityTooLargeException',
        413,
        `Request must be smaller than ${largestBody} bytes`,
      )
    }
    chunks.push(chunk)
  }
  const body = Buffer.concat(chunks)
  return message.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
}

function write(response: ServerResponse, wire: WireResponse, requestId: string): void {
  response.writeHead(wire.status, { ...wire.headers, 'x-amzn-requestid': requestId })
  response.end(wire.body)
}

function unknownOperation(what: string): ServiceError {
  return new ServiceError('UnknownOperationException', 404, `The sandbox does not have ${what}.`)
}

function internalFailure(error: unknown): ServiceError {
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
