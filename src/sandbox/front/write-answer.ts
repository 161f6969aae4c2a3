import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ServiceError } from '../protocol/service-error.ts'
import type { WireResponse } from '../protocol/wire.ts'

/** Writes an answer. */
export function writeAnswer(response: ServerResponse, wire: WireResponse, requestId: string): void {
  response.writeHead(wire.status, { ...wire.headers, 'x-amzn-requestid': requestId })
  const { body } = wire
  if (typeof body === 'string' || body instanceof Uint8Array) response.end(body)
  // The client leaves such a stream whenever it wants.
  else pipeline(Readable.from(body), response).catch(() => response.destroy())
}

/** An error for a client whose protocol is not known. */
export function plainError({ status, code, message }: ServiceError): WireResponse {
  return json(status, { __type: code, message }, { 'x-amzn-errortype': code })
}

function json(status: number, body: object, headers: Readonly<Record<string, string>> = {}): WireResponse {
  return {
    status,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }
}
