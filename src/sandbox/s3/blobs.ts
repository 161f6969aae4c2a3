import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Contents on disk, each once, under its digest. */
export interface Blobs {
  /** @returns the SHA-256 in hex, which names it */
  put(content: Uint8Array): Promise<string>
  get(digest: string): Promise<Buffer>
  drop(digest: string): Promise<void>
}

/** @param directory made when missing */
export function createBlobs(directory: string): Blobs {
  const file = (digest: string) => join(directory, digest)
  let count = 0
  return {
    async put(content) {
      await mkdir(directory, { recursive: true })
      const digest = createHash('sha256').update(content).digest('hex')
      const temporary = file(`.${digest}-${(count += 1)}`)
      await writeFile(temporary, content)
      await rename(temporary, file(digest))
      return digest
    },
    get: (digest) => readFile(file(digest)),
    drop: (digest) => rm(file(digest), { force: true }),
  }
}
