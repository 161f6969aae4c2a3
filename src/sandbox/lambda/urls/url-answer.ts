import type { Outcome } from '../../execution/model/executor.ts'
import { type HandlerAnswer, handlerAnswer, headersOf, parsed, statusOf } from '../../http/handler-answer.ts'
import type { WireResponse } from '../../protocol/wire.ts'
import type { Streamed } from '../invocation/invoke-streaming.ts'

const json = { 'content-type': 'application/json' }
const failed: WireResponse = { status: 502, headers: json, body: 'Internal Server Error' }
/** The bytes after the status and headers of a streamed answer. */
const endOfPrelude = Buffer.alloc(8)
const withPrelude = 'application/vnd.awslambda.http-integration-response'

/** The answer of a function URL to what its handler returned. */
export function bufferedAnswer(outcome: Outcome): WireResponse {
  return handlerAnswer(outcome, { failed, usual: json })
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
