import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { LambdactlError } from '../../errors/error.ts'
import { fileAbove } from './writable-folder.ts'

/** The files of a folder and of those in it, relative to it. */
export async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const found = entries.map(async (entry) => {
    if (!entry.isDirectory()) return [entry.name]
    return (await filesUnder(join(folder, entry.name))).map((file) => join(entry.name, file))
  })
  return (await Promise.all(found)).flat()
}

/** @throws LambdactlError PATH_TAKEN if one of the files is there already */
export async function requireFree(directory: string, files: readonly string[]): Promise<void> {
  const found = await Promise.all(files.map((file) => inTheWay(directory, file)))
  const taken = [...new Set(found.filter((path) => path !== undefined))]
  if (taken.length === 0) return
  const verb = taken.length === 1 ? 'is' : 'are'
  throw new LambdactlError(
    'PATH_TAKEN',
    `${taken.join(', ')} ${verb} in ${directory} already; nothing was written.`,
    {
      next: ['Choose another folder, or move the existing files.'],
    },
  )
}

/**
 * Finds the path that is taken at a file's place, also by a dangling link, or by a file instead of one of its folders.
 */
async function inTheWay(directory: string, file: string): Promise<string | undefined> {
  try {
    await lstat(join(directory, file))
    return file
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return fileAbove(directory, file)
    throw error
  }
}
