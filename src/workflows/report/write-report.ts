import { open, readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { LambdactlError } from '../../errors/error.ts'
import { writeConfigurationFile } from '../adoption/write-configuration.ts'

/** The mark is near the begin of a report; bytes. */
const beginBytes = 4096

/**
 * Writes a report into a file. It replaces an earlier report or an empty file, and no other file.
 *
 * @param mark a text that each report has near its begin
 * @returns the file's absolute path
 * @throws LambdactlError PATH_TAKEN for another file, USAGE if the system refuses, CONFLICT if the file changed meanwhile
 */
export async function writeReport(file: string, text: string, mark: string): Promise<string> {
  const path = resolve(file)
  try {
    const before = await earlier(path, mark)
    await writeConfigurationFile(path, { text, before, hasValues: false })
    return path
  } catch (error) {
    throw error instanceof LambdactlError ? error : refused(file, error)
  }
}

/** The text of an earlier report, or of an empty file as `mktemp` makes it; undefined for a new file. */
async function earlier(path: string, mark: string): Promise<string | undefined> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  // Opening a pipe or a terminal would wait for its other end.
  if (found && !found.isFile()) throw taken(path, 'no file')
  if (!found || found.size === 0) return found && ''
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(beginBytes), position: 0 })
  if (!buffer.toString('utf8', 0, bytesRead).includes(mark)) throw taken(path, 'not a report')
  return readFile(path, 'utf8')
}

function taken(path: string, is: string): LambdactlError {
  return new LambdactlError('PATH_TAKEN', `${path} is ${is}, so it was not replaced.`, {
    next: ['Name another file, or move this one away.'],
  })
}

function refused(file: string, cause: unknown): LambdactlError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new LambdactlError('USAGE', `Could not write the report ${file}: ${why}.`, {
    next: ['Name a file in a folder that exists and that you may write to.'],
    cause,
  })
}
