import { createHash } from 'node:crypto'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '../../folders/make-folder.ts'

/** Contents on disk by digest, each once. */
export interface Blobs {
  /** @returns the SHA-256 in hex, the content's name */
  put(content: Uint8Array): Promise<string>
  get(digest: string): Promise<Buffer>
  drop(digest: string): Promise<void>
  /** Removes contents that a killed sandbox left behind. */
  sweep(held: ReadonlySet<string>): Promise<void>
}

/** A content, or an unfinished one. */
const ownName = /^(?:\.[0-9a-f]{64}-\d+|[0-9a-f]{64})$/

/** @param directory made if missing */
export function createBlobs(directory: string): Blobs {
  const file = (digest: string) => join(directory, digest)
  let count = 0
  return {
    async put(content) {
      await makeFolder(directory, 0o700)
      const digest = createHash('sha256').update(content).digest('hex')
      const temporary = file(`.${digest}-${(count += 1)}`)
      try {
        // The system keeps written data if the process is killed; a crash of the machine may lose it.
        await writeFile(temporary, content, { mode: 0o600 })
        await rename(temporary, file(digest))
      } catch (error) {
        // A full disk needs each byte.
        await rm(temporary, { force: true })
        throw error
      }
      return digest
    },
    get: (digest) => readFile(file(digest)),
    drop: (digest) => rm(file(digest), { force: true }),
    async sweep(held) {
      const names = await readdir(directory).catch(() => [])
      const orphans = names.filter((name) => ownName.test(name) && !held.has(name))
      await Promise.all(orphans.map((name) => rm(file(name), { force: true })))
    },
  }
}
