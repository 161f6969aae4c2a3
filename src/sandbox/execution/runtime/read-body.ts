import type { IncomingMessage } from 'node:http'

/**
 * Reads the body of a request.
 *
 * @param most bytes
 * @returns undefined for a longer body, which is still read to its end, so that the sender sees the answer
 */
export function readBody(request: IncomingMessage, most: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  // An async iterator would take longer than all the rest of a small request.
  request.on('data', (chunk: Buffer) => {
    size += chunk.byteLength
    if (size <= most) chunks.push(chunk)
    else chunks.length = 0
  })
  return new Promise((resolve, reject) => {
    request.once('end', () => resolve(size <= most ? Buffer.concat(chunks) : undefined))
    request.once('error', reject)
  })
}
