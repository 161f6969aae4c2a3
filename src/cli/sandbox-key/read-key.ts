import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isPrivate, keyFolders, type Variables } from './key-folder.ts'

/** The sandbox listens on 127.0.0.1 alone, and these are its names. */
const hosts = new Set(['127.0.0.1', 'localhost'])

/**
 * The access key of this user's own sandbox at an endpoint.
 *
 * @returns undefined for every other endpoint, for a sandbox that has ended, and for a file that others could have written
 */
export function sandboxKey(endpoint: string | undefined, variables: Variables): string | undefined {
  const url = endpoint === undefined ? null : URL.parse(endpoint)
  if (!url || url.protocol !== 'http:' || !hosts.has(url.hostname) || url.port === '') return undefined
  for (const folder of keyFolders(variables)) {
    const key = isPrivate(folder) ? readKeyFile(join(folder, `${url.port}.json`)) : undefined
    if (key !== undefined) return key
  }
  return undefined
}

/** The key in a file; undefined where the sandbox that left it is gone. */
export function readKeyFile(path: string): string | undefined {
  if (!isPrivate(path)) return undefined
  try {
    const { accessKey, pid } = JSON.parse(readFileSync(path, 'utf8')) as { accessKey: unknown; pid: unknown }
    return typeof accessKey === 'string' && isRunning(Number(pid)) ? accessKey : undefined
  } catch {
    return undefined
  }
}

/** A process of this user: of another one's, which has taken the number, signals are refused. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
