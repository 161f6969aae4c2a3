import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { isSameProcess } from '../../processes/start-time.ts'
import { isPrivate } from './key-folder.ts'

/** The facts that a running sandbox leaves for its user's other commands. */
export interface KeyRecord {
  accessKey: string
  pid: number
  /** The start of that process, in the system's own words; absent if the system doesn't tell. */
  started?: string
  /** The time since which it can be reached, milliseconds since the epoch. */
  since?: number
  /** The absolute path of the state folder; absent without one. */
  state?: string
  /** The log of a sandbox in the background; absent for others. */
  log?: string
}

/** A key file of a running sandbox. */
export interface FoundKey extends KeyRecord {
  port: number
  path: string
}

/** Reads a key file. @returns undefined if its sandbox has ended, or others could have written the file */
export function readKeyFile(path: string): FoundKey | undefined {
  if (!isPrivate(path)) return undefined
  try {
    const found = recordIn(path)
    const port = Number(basename(path, '.json'))
    if (typeof found.accessKey !== 'string' || !isSameProcess(found.pid, found.started)) return undefined
    return { ...found, port, path }
  } catch {
    return undefined
  }
}

/** Tells whether a key file still belongs to this sandbox, and not to a later one at the same port. */
export function isStillThere({ path, pid, started }: FoundKey): boolean {
  try {
    const found = recordIn(path)
    return found.pid === pid && found.started === started
  } catch {
    return false
  }
}

function recordIn(path: string): KeyRecord {
  return JSON.parse(readFileSync(path, 'utf8')) as KeyRecord
}
