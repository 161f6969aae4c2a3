import { createHash, randomBytes } from 'node:crypto'
import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '../../../folders/make-folder.ts'
import { type Algorithm, type Digests, hasherOf } from './checksums.ts'

/** A content on disk that nothing refers to yet. */
export interface Staged extends Digests {
  /** The SHA-256 in hex, the content's name. */
  digest: string
  size: number
  /** Gives the content its name. */
  keep: () => Promise<void>
  /** Removes it, unless it was kept. */
  discard: () => Promise<void>
}

/** Some bytes of a content; `end` is included. */
export interface Span {
  start: number
  end: number
}

/** Contents on disk by digest, each once. */
export interface Blobs {
  stage(content: AsyncIterable<Uint8Array>, algorithms: readonly Algorithm[]): Promise<Staged>
  /** Opens a content for reading; it can be read to its end even if it is dropped meanwhile. */
  read(digest: string, span?: Span): Promise<AsyncIterable<Uint8Array>>
  drop(digest: string): Promise<void>
  /** Removes contents that a killed sandbox left behind. */
  sweep(held: ReadonlySet<string>): Promise<void>
}

/** A content, or an unfinished one. */
const ownName = /^(?:\.[0-9a-f]{64}-\d+|[0-9a-f]{64})$/

/** @param directory made if missing */
export function createBlobs(directory: string): Blobs {
  const file = (digest: string) => join(directory, digest)
  return {
    async stage(content, algorithms) {
      await makeFolder(directory, 0o700)
      const temporary = file(`.${randomBytes(32).toString('hex')}-1`)
      // A full disk needs each byte.
      const discard = () => rm(temporary, { force: true })
      try {
        // The system keeps written data if the process is killed; a crash of the machine may lose it.
        const handle = await open(temporary, 'wx', 0o600)
        const written = await writeHashed(handle, content, algorithms)
        return { ...written, keep: () => rename(temporary, file(written.digest)), discard }
      } catch (error) {
        await discard()
        throw error
      }
    },
    async read(digest, span) {
      const handle = await open(file(digest), 'r')
      return handle.createReadStream({ ...span, highWaterMark: 262_144 })
    },
    drop: (digest) => rm(file(digest), { force: true }),
    async sweep(held) {
      const names = await readdir(directory).catch(() => [])
      const orphans = names.filter((name) => ownName.test(name) && !held.has(name))
      await Promise.all(orphans.map((name) => rm(file(name), { force: true })))
    },
  }
}

/** The digests and the size of a content that is only read. */
export async function measured(
  content: AsyncIterable<Uint8Array>,
  algorithms: readonly Algorithm[],
): Promise<Digests & { size: number }> {
  const md5 = hasherOf('MD5')
  const hashers = algorithms.map((algorithm) => [algorithm, hasherOf(algorithm)] as const)
  let size = 0
  for await (const chunk of content) {
    size += chunk.byteLength
    md5.update(chunk)
    for (const [, hasher] of hashers) hasher.update(chunk)
  }
  const checksums = new Map<Algorithm, string>()
  for (const [algorithm, hasher] of hashers)
    checksums.set(algorithm, (await hasher.digest()).toString('base64'))
  return { md5: (await md5.digest()).toString('hex'), checksums, size }
}

async function writeHashed(
  handle: FileHandle,
  content: AsyncIterable<Uint8Array>,
  algorithms: readonly Algorithm[],
) {
  const sha256 = createHash('sha256')
  async function* written() {
    for await (const chunk of content) {
      await handle.writeFile(chunk)
      sha256.update(chunk)
      yield chunk
    }
  }
  try {
    const facts = await measured(written(), algorithms)
    return { ...facts, digest: sha256.digest('hex') }
  } finally {
    await handle.close()
  }
}
