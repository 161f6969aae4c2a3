import type { Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { LambdactlError } from '../../errors/error.ts'

/**
 * Checks that a folder exists or can be made: no part of its path is a file.
 *
 * @param directory absolute
 * @throws LambdactlError PATH_TAKEN
 */
export async function requireFolder(directory: string): Promise<void> {
  for (let place = directory; ; place = dirname(place)) {
    const found = await statusOf(place)
    if (found?.isDirectory() || (!found && dirname(place) === place)) return
    if (!found) continue
    const what = found.isFile() ? 'a file' : 'not a folder'
    throw new LambdactlError(
      'PATH_TAKEN',
      `${place} is ${what}, so ${directory} can't be a folder; nothing was written.`,
      {
        next: ['Choose another folder.'],
      },
    )
  }
}

/** The nearest file among the parents of a path. @returns undefined if there is none */
export async function fileAbove(directory: string, path: string): Promise<string | undefined> {
  for (let above = dirname(path); above !== '.'; above = dirname(above)) {
    const found = await statusOf(join(directory, above))
    if (found) return found.isDirectory() ? undefined : above
  }
  return undefined
}

/** Follows links, like writing. */
async function statusOf(path: string): Promise<Stats | undefined> {
  return stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw error
  })
}

/**
 * Runs work that writes into a folder, and explains the system's errors.
 *
 * @throws LambdactlError USAGE, PATH_TAKEN
 */
export async function writingInto<Result>(directory: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw isOfSystem(error) ? refused(directory, error) : error
  }
}

function isOfSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error
}

const words: Readonly<Record<string, [why: string, next: string]>> = {
  EACCES: ['you may not write there', 'Choose a folder that you may write to.'],
  EPERM: ['you may not write there', 'Choose a folder that you may write to.'],
  EROFS: ['the file system is read-only', 'Choose a folder that you may write to.'],
  ENOSPC: ['the disk is full', 'Make room, or choose a folder on another disk.'],
  EDQUOT: ['your disk quota is used up', 'Make room, or choose a folder on another disk.'],
  ENAMETOOLONG: ['the name is too long', 'Choose a folder with a shorter name.'],
  ELOOP: ['its links lead in a circle', 'Choose another folder, or correct the link.'],
  EEXIST: ['it already exists', 'Choose another folder, or move the existing files.'],
  ENOENT: ["the system can't make a folder there", 'Choose another folder.'],
}

function refused(directory: string, error: NodeJS.ErrnoException): LambdactlError {
  const { code = 'unknown', path = directory } = error
  const [why, next] = words[code] ?? ['the system refused it', 'Choose another folder.']
  return new LambdactlError(
    code === 'EEXIST' ? 'PATH_TAKEN' : 'USAGE',
    `Could not write ${path}: ${why} (${code}).`,
    {
      next: [next],
      cause: error,
    },
  )
}
