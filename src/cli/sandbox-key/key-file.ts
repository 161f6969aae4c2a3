import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { isSameProcess } from '../../processes/start-time.ts'
import { isPrivate } from './key-folder.ts'

/** A running sandbox leaves this for its user's other commands. */
export interface KeyRecord {
  accessKey: string
  pid: number
  /** When that process started, in the system's own words; absent where the system doesn't tell. */
  started?: string
  /** Since when it can be reached, milliseconds since the epoch. */
  since?: number
  /** The absolute path of the folder that keeps what it answered; absent where nothing does. */
  state?: string
  /** The file that one in the background writes to; absent for others. */
  log?: string
}

/** A key file of a sandbox that runs. */
export interface FoundKey extends KeyRecord {
  port: number
  path: string
}

/** Reads a key file. @returns undefined where the sandbox that left it is gone, or others could have written it */
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

/** Whether a key file is still that of this sandbox, and not of another one that has taken the port since. */
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
