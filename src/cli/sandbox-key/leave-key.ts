import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openKeyFolder, type Variables } from './key-folder.ts'
import { readKeyFile } from './read-key.ts'

/** A file that only this user reads, removed when it is disposed or when this process exits. */
export interface LeftKey extends Disposable {
  path: string
}

/**
 * Leaves the key of a running sandbox for this user's other commands, and takes away those of sandboxes that were killed.
 *
 * @returns undefined where this user has no folder that is private, or where nothing can be written there, as on a full disk
 */
export function leaveKey(port: number, accessKey: string, variables: Variables): LeftKey | undefined {
  const folder = openKeyFolder(variables)
  if (folder === undefined) return undefined
  const path = join(folder, `${port}.json`)
  try {
    removeStale(folder)
    writeWhole(path, `${JSON.stringify({ accessKey, pid: process.pid })}\n`)
  } catch {
    return undefined
  }
  const remove = () => rmSync(path, { force: true })
  process.once('exit', remove)
  return {
    path,
    [Symbol.dispose]() {
      process.off('exit', remove)
      remove()
    },
  }
}

/** Whoever reads it finds all of it, or nothing. */
function writeWhole(path: string, text: string): void {
  const unfinished = `${path}.${process.pid}`
  try {
    rmSync(unfinished, { force: true })
    writeFileSync(unfinished, text, { mode: 0o600, flag: 'wx' })
    renameSync(unfinished, path)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  }
}

function removeStale(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (readKeyFile(path) === undefined) rmSync(path, { force: true, recursive: true })
  }
}
