import { randomUUID } from 'node:crypto'
import { type FileHandle, open, rm } from 'node:fs/promises'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import path from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { ServiceError } from '../protocol/service-error.ts'
import type { BodyContent } from '../protocol/wire.ts'
import { isChunked, unchunked, unchunkedHeaders } from './aws-chunked.ts'

/**
 * Larger bodies are refused, also after unzipping; Lambda's own limit for a CreateFunction request is 70,167,211 bytes.
 */
const largestBody = 75_000_000

/** A larger body, and any body beyond what all requests may hold together in memory, waits on disk. Bytes. */
const longestInMemory = 8_388_608
const mostInMemory = 67_108_864

/** A body of a declared length up to this one is received without an iterator, which costs more than it. Bytes. */
const longestShort = 16_384

/** A received body with the request's headers. */
export interface ReceivedBody extends BodyContent {
  isOnDisk: boolean
  /** Late headers included, without the encodings that are undone. */
  headers: IncomingHttpHeaders
  bytes(): Promise<Buffer>
  /** Gives the memory or the file back. */
  close(): Promise<void>
}

/** Receives the bodies of requests. However many clients send at once, the memory for bodies stays bounded. */
export interface Bodies {
  /**
   * Reads a request's whole body.
   *
   * @param largest bytes; a service without a limit of its own leaves it out
   * @throws ServiceError 413 if it is too large; the stream's error if the client hangs up
   */
  receive(message: IncomingMessage, largest?: number): Promise<ReceivedBody>
}

/** @param folder for bodies on disk; their files have no name, so a killed sandbox leaves none */
export function createBodies(folder: string): Bodies {
  const held = { bytes: 0 }
  return {
    async receive(message, largest = largestBody) {
      const store = new BodyStore(folder, held)
      if (declaredLength(message) <= Math.min(longestShort, largest)) return store.whole(message)
      const late: IncomingHttpHeaders = {}
      // Leaving the loop early must not end the connection: the client gets an answer.
      const raw = message.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>
      const isInChunks = isChunked(message.headers)
      try {
        for await (const chunk of isInChunks ? unchunked(raw, late) : raw) {
          if (store.size + chunk.byteLength > largest) throw tooLarge(largest, store.size + chunk.byteLength)
          await store.add(chunk)
        }
      } catch (error) {
        await store.close()
        // Many clients see no answer before they have sent everything.
        await drained(message)
        throw error
      }
      const headers = isInChunks ? unchunkedHeaders(message.headers, late) : message.headers
      return store.received(headers)
    },
  }
}

/** Bytes; NaN for a body of unknown length. */
function declaredLength({ headers }: IncomingMessage): number {
  if (headers['transfer-encoding'] !== undefined || isChunked(headers)) return Number.NaN
  return Number(headers['content-length'] ?? 0)
}

/** One body: in memory, or in a file without a name. */
class BodyStore {
  size = 0
  readonly #folder: string
  readonly #held: { bytes: number }
  #chunks: Buffer[] = []
  #file: FileHandle | undefined

  constructor(folder: string, held: { bytes: number }) {
    this.#folder = folder
    this.#held = held
  }

  async add(chunk: Buffer): Promise<void> {
    const isTooMuch =
      this.size + chunk.byteLength > longestInMemory || this.#held.bytes + chunk.byteLength > mostInMemory
    if (isTooMuch) this.#file ??= await this.#moveToDisk()
    if (!this.#file) return this.#keep(chunk)
    this.size += chunk.byteLength
    await this.#file.writeFile(chunk)
  }

  #keep(chunk: Buffer): void {
    this.size += chunk.byteLength
    this.#chunks.push(chunk)
    this.#held.bytes += chunk.byteLength
  }

  /** Receives a short body. */
  async whole(message: IncomingMessage): Promise<ReceivedBody> {
    message.on('data', (chunk: Buffer) => this.#keep(chunk))
    try {
      await untilRead(message)
      return this.received(message.headers)
    } catch (error) {
      await this.close()
      throw error
    }
  }

  received(headers: IncomingHttpHeaders): ReceivedBody {
    const file = this.#file
    const chunks = this.#chunks
    return {
      size: this.size,
      isOnDisk: file !== undefined,
      headers,
      stream: () => (file ? streamOf(file) : listed(chunks)),
      bytes: async () => (file ? await wholeOf(file, this.size) : Buffer.concat(chunks)),
      close: () => this.close(),
    }
  }

  async close(): Promise<void> {
    this.#release()
    await this.#file?.close()
    this.#file = undefined
  }

  async #moveToDisk(): Promise<FileHandle> {
    const name = path.join(this.#folder, `.lambdactl-body-${randomUUID()}`)
    const file = await open(name, 'wx+', 0o600)
    try {
      await rm(name)
      for (const chunk of this.#chunks) await file.writeFile(chunk)
    } catch (error) {
      await file.close()
      throw error
    }
    this.#release()
    return file
  }

  #release(): void {
    for (const { byteLength } of this.#chunks.splice(0)) this.#held.bytes -= byteLength
  }
}

/** @throws Error if the client hangs up before */
function untilRead(message: IncomingMessage): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => (message.readableEnded ? resolve() : reject(new Error('The client has hung up.')))
    if (message.destroyed) end()
    message.once('end', resolve).once('error', reject).once('close', end)
  })
}

async function* listed(chunks: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* chunks
}

function streamOf(file: FileHandle): AsyncIterable<Buffer> {
  return file.createReadStream({ start: 0, autoClose: false, highWaterMark: 1_048_576 })
}

async function wholeOf(file: FileHandle, size: number): Promise<Buffer> {
  const whole = Buffer.allocUnsafeSlow(size)
  let at = 0
  while (at < size) {
    const { bytesRead } = await file.read(whole, at, size - at, at)
    if (bytesRead === 0) break
    at += bytesRead
  }
  return whole
}

async function drained(message: IncomingMessage): Promise<void> {
  if (message.destroyed || message.complete) return
  const ended = Promise.withResolvers<void>()
  message.once('close', ended.resolve).once('end', ended.resolve).once('error', ended.resolve)
  message.resume()
  await ended.promise
}

/**
 * The bytes of a body for a service that reads no encodings of its own: a gzipped body is unzipped.
 *
 * @throws ServiceError 413 if it is too large, 400 if it is declared as gzip but is not
 */
export async function unzippedBytes(body: ReceivedBody): Promise<Buffer> {
  const bytes = await body.bytes()
  if (body.headers['content-encoding'] !== 'gzip') return bytes
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: largestBody })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') {
      throw tooLarge(largestBody)
    }
    throw new ServiceError('SerializationException', 400, 'The request body is not the gzip that it says.')
  }
}

function tooLarge(largest: number, proposed?: number): ServiceError {
  if (largest > largestBody) {
    return new ServiceError('EntityTooLarge', 400, 'Your proposed upload exceeds the maximum allowed size', {
      ProposedSize: String(proposed),
      MaxSizeAllowed: String(largest),
    })
  }
  return new ServiceError(
    'RequestEntityTooLargeException',
    413,
    `Request must be smaller than ${largest} bytes`,
  )
}
