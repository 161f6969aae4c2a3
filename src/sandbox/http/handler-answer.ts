import { validateHeaderName, validateHeaderValue } from 'node:http'
import type { WireResponse } from '../protocol/wire.ts'

/** An HTTP answer in the form that handlers return or stream. */
export interface HandlerAnswer {
  statusCode?: unknown
  headers?: Readonly<Record<string, unknown>> | null
  cookies?: unknown
  body?: unknown
  isBase64Encoded?: unknown
}

/** The end of a handler's run. */
export interface HandlerOutcome {
  payload: Uint8Array
  functionError?: string | undefined
}

/** How a service answers for handlers. */
export interface AnswerForm {
  /** Its answer when the handler failed, or returned no HTTP answer that can be sent. */
  failed: WireResponse
  /** The headers of an answer with a status, where it has none of its own. */
  usual: WireResponse['headers']
}

type Headers = WireResponse['headers']

const json = { 'content-type': 'application/json' }

/** The answer to what a handler returned: an HTTP answer, or any value, which means 200. */
export function handlerAnswer({ payload, functionError }: HandlerOutcome, form: AnswerForm): WireResponse {
  if (functionError) return form.failed
  const text = Buffer.from(payload).toString()
  const value = parsed(text)
  if (!isAnswer(value)) {
    return whole(200, json, typeof value === 'string' ? value : compact(text))
  }
  const status = statusOf(value.statusCode)
  const headers = headersOf(value, form.usual)
  return status && headers ? whole(status, headers, bodyOf(value)) : form.failed
}

function whole(status: number, headers: Headers, body: Uint8Array | string): WireResponse {
  return { status, headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) }, body }
}

/** JSON without the spaces between its parts, as AWS answers it. */
function compact(text: string): string {
  return text.replaceAll(/("[^"\\]*(?:\\.[^"\\]*)*")|\s+/g, '$1')
}

function isAnswer(value: unknown): value is HandlerAnswer {
  return typeof value === 'object' && value !== null && 'statusCode' in value
}

/** A status from 200 to 599, as a number or text; undefined for another value. */
export function statusOf(value: unknown): number | undefined {
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
export function headersOf({ headers, cookies }: HandlerAnswer, usual: Headers): Headers | undefined {
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
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
