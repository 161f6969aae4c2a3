import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { ServiceError } from './service-error.ts'

/**
 * Larger bodies are refused, also after unzipping; Lambda's own limit for a CreateFunction request is 70,167,211 bytes.
 */
const largestBody = 75_000_000

/**
 * Reads a request's whole body, and unzips a gzipped one.
 *
 * @throws ServiceError 413 if it is too large, 400 if it is declared as gzip but is not; the stream's error if the
 * client hangs up
 */
export async function readBody(message: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let size = 0
  // A body that is too large is still read to its end: many clients see no answer before they have sent everything.
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.byteLength
    if (size <= largestBody) chunks.push(chunk)
  }
  if (size > largestBody) throw tooLarge()
  const body = Buffer.concat(chunks)
  return message.headers['content-encoding'] === 'gzip' ? await unzipped(body) : body
}

async function unzipped(body: Buffer): Promise<Uint8Array> {
  try {
    return await promisify(gunzip)(body, { maxOutputLength: largestBody })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge()
    throw new ServiceError('SerializationException', 400, 'The request body is not the gzip that it says.')
  }
}

function tooLarge(): ServiceError {
  return new ServiceError(
    'RequestEntityTooLargeException',
    413,
    `Request must be smaller than ${largestBody} bytes`,
  )
}
