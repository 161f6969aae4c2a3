import type { IncomingHttpHeaders } from 'node:http'
import { ServiceError } from '../protocol/service-error.ts'

/** A line longer than this is none of a chunk's head or a late header. */
const longestLine = 16_384

/** Tells whether a body is in chunks with their lengths, the encoding in which clients send a stream. */
export function isChunked(headers: IncomingHttpHeaders): boolean {
  return encodingsOf(headers).includes('aws-chunked')
}

/** The headers of the decoded body: late headers, such as a checksum, count as sent before it. */
export function unchunkedHeaders(
  headers: IncomingHttpHeaders,
  late: IncomingHttpHeaders,
): IncomingHttpHeaders {
  const rest = encodingsOf(headers).filter((encoding) => encoding !== 'aws-chunked' && encoding !== '')
  return { ...headers, ...late, 'content-encoding': rest.length > 0 ? rest.join(', ') : undefined }
}

/**
 * Decodes a body from its `aws-chunked` encoding: chunks with their lengths, then late headers.
 *
 * @param late gets the late headers by the end
 * @throws ServiceError 400 for a malformed body
 */
export async function* unchunked(
  source: AsyncIterable<Buffer>,
  late: IncomingHttpHeaders,
): AsyncGenerator<Buffer> {
  let pending: Buffer = Buffer.alloc(0)
  let left = 0
  let isLate = false
  for await (const piece of source) {
    pending = pending.length > 0 ? Buffer.concat([pending, piece]) : piece
    for (;;) {
      if (left > 0) {
        const data = pending.subarray(0, left)
        if (data.length === 0) break
        left -= data.length
        pending = pending.subarray(data.length)
        yield data
        continue
      }
      const end = pending.indexOf('\r\n')
      if (end === -1) break
      const line = pending.subarray(0, end).toString('latin1')
      pending = pending.subarray(end + 2)
      if (isLate) noteHeader(line, late)
      else if (line !== '') {
        left = sizeOf(line)
        isLate = left === 0
      }
    }
    if (left === 0 && pending.length > longestLine) throw malformed()
  }
  if (!isLate) throw malformed()
  noteHeader(pending.toString('latin1'), late)
}

function encodingsOf(headers: IncomingHttpHeaders): string[] {
  return (headers['content-encoding'] ?? '').split(/\s*,\s*/)
}

/** As in `400;chunk-signature=…`. */
function sizeOf(line: string): number {
  const digits = /^([0-9a-f]{1,12})(?:;.*)?$/i.exec(line)?.[1]
  if (digits === undefined) throw malformed()
  return Number.parseInt(digits, 16)
}

function noteHeader(line: string, late: IncomingHttpHeaders): void {
  const [, name, value] = /^([^:\s]+):\s*(.*?)\s*$/.exec(line) ?? []
  if (name !== undefined && value !== undefined) late[name.toLowerCase()] = value
}

function malformed(): ServiceError {
  return new ServiceError('IncompleteBody', 400, 'The request body terminated unexpectedly')
}
