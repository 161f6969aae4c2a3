import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type FoundKey, readKeyFile } from './key-file.ts'
import { isPrivate, keyFolders, type Variables } from './key-folder.ts'

/** The host names of the sandbox, which listens on 127.0.0.1 only. */
const hosts = new Set(['127.0.0.1', 'localhost'])

/**
 * The access key of this user's own sandbox at an endpoint.
 *
 * @returns undefined for every other endpoint, for a sandbox that has ended, and for a file that others could have
 * written
 */
export function sandboxKey(endpoint: string | undefined, variables: Variables): string | undefined {
  return sandboxKeyAt(endpoint, variables)?.accessKey
}

/** Returns the facts of the sandbox at an endpoint; undefined if there is none. */
export function sandboxKeyAt(endpoint: string | undefined, variables: Variables): FoundKey | undefined {
  const url = endpoint === undefined ? null : URL.parse(endpoint)
  if (!url || url.protocol !== 'http:' || !hosts.has(url.hostname) || url.port === '') return undefined
  return keyAt(Number(url.port), variables)
}

/** Returns the facts of this user's sandbox at a port; undefined if none runs there. */
export function keyAt(port: number, variables: Variables): FoundKey | undefined {
  for (const folder of privateFolders(variables)) {
    const found = readKeyFile(join(folder, `${port}.json`))
    if (found) return found
  }
  return undefined
}

/** Returns the facts of all running sandboxes of this user, by port. */
export function allKeys(variables: Variables): FoundKey[] {
  const found = privateFolders(variables).flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /^\d+\.json$/.test(name))
      .flatMap((name) => readKeyFile(join(folder, name)) ?? []),
  )
  return found.toSorted((left, right) => left.port - right.port)
}

function privateFolders(variables: Variables): string[] {
  return keyFolders(variables).filter(isPrivate)
}
