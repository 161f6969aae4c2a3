import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isSameProcess, startTimeOf } from '../../processes/start-time.ts'
import { credentialsEnding, credentialsFileOf, keyFileOf, sandboxProfile } from './credentials-file.ts'
import { type KeyRecord, readKeyFile } from './key-file.ts'
import { openKeyFolder, type Variables } from './key-folder.ts'
import { isOfRunning, logOf } from './log-file.ts'

/** A file that only this user can read; removed when it is disposed or when this process exits. */
export interface LeftKey extends Disposable {
  path: string
  /** The log of a sandbox in the background. */
  log: string
}

/** The facts about a sandbox of this process for the file. */
export interface Leaving {
  port: number
  accessKey: string
  /** The absolute path of its state folder. */
  state: string | undefined
  /** Milliseconds since the epoch. */
  since: number
  /** Whether it runs in the background, with its output in a file. */
  isDetached: boolean
}

/**
 * Leaves the key of a running sandbox for this user's other commands, and removes files of killed sandboxes.
 *
 * @returns undefined if this user has no private folder, or nothing can be written there, as on a full disk
 */
export function leaveKey(leaving: Leaving, variables: Variables): LeftKey | undefined {
  const folder = openKeyFolder(variables)
  if (folder === undefined) return undefined
  const path = join(folder, `${leaving.port}.json`)
  const log = logOf(path)
  try {
    removeStale(folder)
    writeWhole(path, `${JSON.stringify(recordOf(leaving, log))}\n`)
    writeWhole(credentialsFileOf(path), credentials(leaving.accessKey))
  } catch {
    return undefined
  }
  const remove = () => {
    for (const each of [path, credentialsFileOf(path)]) rmSync(each, { force: true })
  }
  process.once('exit', remove)
  return {
    path,
    log,
    [Symbol.dispose]() {
      process.off('exit', remove)
      remove()
    },
  }
}

function recordOf({ accessKey, state, since, isDetached }: Leaving, log: string): KeyRecord {
  const started = startTimeOf(process.pid)
  return {
    accessKey,
    pid: process.pid,
    ...(started === undefined ? {} : { started }),
    since,
    ...(state === undefined ? {} : { state }),
    ...(isDetached ? { log } : {}),
  }
}

/** The key in the form that all AWS tools read. */
function credentials(accessKey: string): string {
  return `[${sandboxProfile}]\naws_access_key_id = ${accessKey}\naws_secret_access_key = ${accessKey}\n`
}

/** A reader finds the whole text or nothing. */
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
    if (!isUsed(path)) rmSync(path, { force: true, recursive: true })
  }
}

function isUsed(path: string): boolean {
  if (path.endsWith('.log')) return isOfRunning(path)
  if (path.endsWith(credentialsEnding)) return readKeyFile(keyFileOf(path)) !== undefined
  const [, writer] = /\.(?:json|credentials)\.(\d+)$/.exec(path) ?? []
  return writer === undefined ? readKeyFile(path) !== undefined : isSameProcess(Number(writer), undefined)
}
