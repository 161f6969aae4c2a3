import { createHash } from 'node:crypto'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '../../folders/make-folder.ts'

/** Contents on disk, each once, under its digest. */
export interface Blobs {
  /** @returns the SHA-256 in hex, which names it */
  put(content: Uint8Array): Promise<string>
  get(digest: string): Promise<Buffer>
  drop(digest: string): Promise<void>
  /** Drops what a sandbox that was killed left behind. */
  sweep(held: ReadonlySet<string>): Promise<void>
}

/** A content, or one that was being written. */
const ownName = /^(?:\.[0-9a-f]{64}-\d+|[0-9a-f]{64})$/

/** @param directory made when missing */
export function createBlobs(directory: string): Blobs {
  const file = (digest: string) => join(directory, digest)
  let count = 0
  return {
    async put(content) {
      await makeFolder(directory, 0o700)
      const digest = createHash('sha256').update(content).digest('hex')
      const temporary = file(`.${digest}-${(count += 1)}`)
      try {
        // The system keeps what was written when the process is killed; nothing is promised for a crash of the machine.
        await writeFile(temporary, content, { mode: 0o600 })
        await rename(temporary, file(digest))
      } catch (error) {
        // On a full disk each byte counts.
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
