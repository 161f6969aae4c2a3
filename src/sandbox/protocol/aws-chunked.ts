import { ServiceError } from './service-error.ts'
import type { WireRequest } from './wire.ts'

/**
 * Decodes a body from its `aws-chunked` encoding, in which clients send a stream: chunks with their lengths, then late
 * headers such as a checksum. Any other request is returned unchanged.
 *
 * @throws ServiceError 400 for a malformed body
 */
export function unchunked(request: WireRequest): WireRequest {
  const encodings = (request.headers['content-encoding'] ?? '').split(/\s*,\s*/)
  if (!encodings.includes('aws-chunked')) return request
  const body = Buffer.from(request.body)
  const chunks: Buffer[] = []
  let at = 0
  for (;;) {
    const { line, next } = lineAt(body, at)
    const size = Number.parseInt(line.split(';')[0] ?? '', 16)
    if (!Number.isInteger(size) || next + size > body.length) throw malformed()
    at = next + size
    if (size === 0) break
    chunks.push(body.subarray(next, at))
    at = lineAt(body, at).next
  }
  const headers = { ...request.headers, ...trailers(body.subarray(at).toString('latin1')) }
  const rest = encodings.filter((encoding) => encoding !== 'aws-chunked' && encoding !== '')
  headers['content-encoding'] = rest.length > 0 ? rest.join(', ') : undefined
  return { ...request, headers, body: Buffer.concat(chunks) }
}

function lineAt(body: Buffer, start: number): { line: string; next: number } {
  const end = body.indexOf('\r\n', start)
  if (end === -1) throw malformed()
  return { line: body.subarray(start, end).toString('latin1'), next: end + 2 }
}

function trailers(text: string): Record<string, string> {
  const found = text.matchAll(/^([^:\r\n]+):[ ]*([^\r\n]*)/gm)
  return Object.fromEntries(Array.from(found, ([, name = '', value = '']) => [name.toLowerCase(), value]))
}

function malformed(): ServiceError {
  return new ServiceError('IncompleteBody', 400, 'The request body terminated unexpectedly')
}
