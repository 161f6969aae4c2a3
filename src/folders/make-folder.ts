import { mkdirSync, statSync } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes a folder and those above it, one after the other. Node's own recursion never ends where the system makes no
 * folder, as in /proc, and reports a read-only file system as ENOENT.
 *
 * @param mode of each folder that is made
 * @throws the system's error
 */
export async function makeFolder(folder: string, mode = 0o777): Promise<void> {
  try {
    await make(folder, mode)
  } catch (error) {
    if (!isMissing(error)) throw error
    await makeFolder(dirname(folder), mode)
    await make(folder, mode)
  }
}

/** Makes a folder like `makeFolder`, synchronously. */
export function makeFolderSync(folder: string, mode = 0o777): void {
  try {
    makeSync(folder, mode)
  } catch (error) {
    if (!isMissing(error)) throw error
    makeFolderSync(dirname(folder), mode)
    makeSync(folder, mode)
  }
}

/** An existing folder is fine, for any error of the system. */
async function make(folder: string, mode: number): Promise<void> {
  try {
    await mkdir(folder, { mode })
  } catch (error) {
    const found = isMissing(error) ? undefined : await stat(folder).catch(() => undefined)
    if (!found?.isDirectory()) throw error
  }
}

function makeSync(folder: string, mode: number): void {
  try {
    mkdirSync(folder, { mode })
  } catch (error) {
    if (isMissing(error) || !isFolder(folder)) throw error
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
}
