import { lstat, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** The size limit of the cache, bytes. */
const most = 1_000_000_000

/** Removes the files that were unused for longest, until the folder holds at most `limit` bytes. */
export async function forgetOldest(folder: string, limit = most): Promise<void> {
  try {
    const files = await filesOf(folder)
    let total = files.reduce((sum, { size }) => sum + size, 0)
    for (const { path, size } of files.toSorted((a, b) => a.mtimeMs - b.mtimeMs)) {
      if (total <= limit) return
      await rm(path, { force: true, recursive: true })
      total -= size
    }
  } catch {
    // Another process removes files at the same time; the next run does the rest.
  }
}

async function filesOf(folder: string) {
  const names = await readdir(folder)
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name)
      const { size, mtimeMs } = await lstat(path)
      return { path, size, mtimeMs }
    }),
  )
}
