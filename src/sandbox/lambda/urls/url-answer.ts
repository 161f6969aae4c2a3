import { validateHeaderName, validateHeaderValue } from 'node:http'
import type { Outcome } from '../../execution/model/executor.ts'
import type { WireResponse } from '../../protocol/wire.ts'
import type { Streamed } from '../invocation/invoke-streaming.ts'

/** An HTTP answer in the form that handlers return or stream. */
interface HandlerAnswer {
  statusCode?: unknown
  headers?: Readonly<Record<string, unknown>> | null
  cookies?: unknown
  body?: unknown
  isBase64Encoded?: unknown
}

type Headers = WireResponse['headers']

const json = { 'content-type': 'application/json' }
const failed: WireResponse = { status: 502, headers: json, body: 'Internal Server Error' }
/** The bytes after the status and headers of a streamed answer. */
const endOfPrelude = Buffer.alloc(8)
const withPrelude = 'application/vnd.awslambda.http-integration-response'

/** The answer of a function URL to what its handler returned. */
export function bufferedAnswer({ payload, functionError }: Outcome): WireResponse {
  if (functionError) return failed
  const text = Buffer.from(payload).toString()
  const value = parsed(text)
  if (!isAnswer(value)) {
    return whole(200, json, typeof value === 'string' ? value : compact(text))
  }
  const status = statusOf(value.statusCode)
  const headers = headersOf(value, json)
  return status && headers ? whole(status, headers, bodyOf(value)) : failed
}

function whole(status: number, headers: Headers, body: Uint8Array | string): WireResponse {
  return { status, headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) }, body }
}

/** JSON without the spaces between its parts, as a URL answers it. */
function compact(text: string): string {
  return text.replaceAll(/("[^"\\]*(?:\\.[^"\\]*)*")|\s+/g, '$1')
}

/** The answer of a function URL that streams: the handler's parts as they come. */
export async function streamedAnswer({ chunks, contentType, outcome }: Streamed): Promise<WireResponse> {
  if (contentType === undefined) return bufferedAnswer(await outcome)
  if (contentType !== withPrelude)
    return { status: 200, headers: { 'content-type': contentType }, body: chunks }
  const parts = chunks[Symbol.asyncIterator]()
  const head = await readPrelude(parts)
  const status = head && statusOf(head.prelude.statusCode ?? 200)
  const headers = head && headersOf(head.prelude, { 'content-type': 'application/octet-stream' })
  if (!status || !headers) {
    await parts.return?.()
    return failed
  }
  return { status, headers, body: joined(head.rest, parts) }
}

/** Undefined if the parts begin with no object in JSON that ends as a prelude does. */
async function readPrelude(
  parts: AsyncIterator<Uint8Array>,
): Promise<{ prelude: HandlerAnswer; rest: Uint8Array } | undefined> {
  let head: Buffer = Buffer.alloc(0)
  let isOver = false
  while (!isOver && !head.includes(endOfPrelude)) {
    const part: IteratorResult<Uint8Array, unknown> = await parts.next()
    isOver = part.done === true
    if (!part.done) head = Buffer.concat([head, part.value])
  }
  const end = head.indexOf(endOfPrelude)
  const prelude = end === -1 ? undefined : parsed(head.subarray(0, end).toString())
  if (typeof prelude !== 'object' || prelude === null) return undefined
  return { prelude, rest: head.subarray(end + endOfPrelude.length) }
}

async function* joined(first: Uint8Array, parts: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (first.byteLength > 0) yield first
  for (let part = await parts.next(); !part.done; part = await parts.next()) yield part.value
}

function isAnswer(value: unknown): value is HandlerAnswer {
  return typeof value === 'object' && value !== null && 'statusCode' in value
}

/** A status from 200 to 599, as a number or text; undefined for another value. */
function statusOf(value: unknown): number | undefined {
  const status = Number(value)
  return Number.isInteger(status) && status >= 200 && status <= 599 ? status : undefined
}

/** The headers of a connection, which a handler may have copied from the answer of another server. */
const ofConnection = new Set(['connection', 'keep-alive', 'trailer', 'transfer-encoding'])

/**
 * Any type of a single value is text in a header; null stands for none of them.
 *
 * @returns undefined if the cookies are no list, or HTTP does not take one of the headers
 */
function headersOf({ headers, cookies }: HandlerAnswer, usual: Headers): Headers | undefined {
  const list = cookies ?? []
  if (!Array.isArray(list)) return undefined
  const given = Object.entries(headers ?? {})
    .map(([name, value]) => [name.toLowerCase(), String(value)] as const)
    .filter(([name]) => !ofConnection.has(name))
  const texts = list.map(String)
  if (![...given, ...texts.map((text) => ['set-cookie', text] as const)].every(isHeader)) return undefined
  return {
    ...usual,
    ...Object.fromEntries(given),
    ...(texts.length > 0 && { 'set-cookie': texts }),
  }
}

function isHeader([name, value]: readonly [string, string]): boolean {
  try {
    validateHeaderName(name)
    validateHeaderValue(name, value)
    return true
  } catch {
    return false
  }
}

function bodyOf({ body = '', isBase64Encoded }: HandlerAnswer): Uint8Array | string {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return isBase64Encoded === true ? Buffer.from(text, 'base64') : text
}

/** Text that is no JSON stays text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
