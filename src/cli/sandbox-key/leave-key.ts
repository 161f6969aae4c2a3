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
 * @returns undefined where this user has no folder that is private
 */
export function leaveKey(port: number, accessKey: string, variables: Variables): LeftKey | undefined {
  const folder = openKeyFolder(variables)
  if (folder === undefined) return undefined
  removeStale(folder)
  const path = join(folder, `${port}.json`)
  const unfinished = `${path}.${process.pid}`
  rmSync(unfinished, { force: true })
  writeFileSync(unfinished, `${JSON.stringify({ accessKey, pid: process.pid })}\n`, {
    mode: 0o600,
    flag: 'wx',
  })
  renameSync(unfinished, path)
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

function removeStale(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (readKeyFile(path) === undefined) rmSync(path, { force: true, recursive: true })
  }
}
