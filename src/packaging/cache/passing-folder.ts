import { rmSync } from 'node:fs'
import { mkdtemp, realpath, rm } from 'node:fs/promises'

/** A folder that is removed when it is disposed, or when this process exits before. */
export interface PassingFolder extends AsyncDisposable {
  /** The real path, without links. */
  readonly path: string
}

const folders = new Set<string>()

/** @param prefix of its path; a few random characters are added */
export async function passingFolder(prefix: string): Promise<PassingFolder> {
  const path = await realpath(await mkdtemp(prefix))
  if (folders.size === 0) process.on('exit', removeAll)
  folders.add(path)
  return {
    path,
    async [Symbol.asyncDispose]() {
      await rm(path, { recursive: true, force: true })
      folders.delete(path)
      if (folders.size === 0) process.off('exit', removeAll)
    },
  }
}

/** An interrupt does not wait for writes that are under way. */
function removeAll(): void {
  for (const path of folders) {
    try {
      rmSync(path, { recursive: true, force: true, maxRetries: 3 })
    } catch {
      // A program that is being ended may still write here; at exit nobody can be told.
    }
  }
}
