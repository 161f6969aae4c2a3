import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type FoundKey, readKeyFile } from './key-file.ts'
import { isPrivate, keyFolders, type Variables } from './key-folder.ts'

/** The sandbox listens on 127.0.0.1 alone, and these are its names. */
const hosts = new Set(['127.0.0.1', 'localhost'])

/**
 * The access key of this user's own sandbox at an endpoint.
 *
 * @returns undefined for every other endpoint, for a sandbox that has ended, and for a file that others could have written
 */
export function sandboxKey(endpoint: string | undefined, variables: Variables): string | undefined {
  return sandboxKeyAt(endpoint, variables)?.accessKey
}

/** Returns the facts that this sandbox has left; undefined where there is none. */
export function sandboxKeyAt(endpoint: string | undefined, variables: Variables): FoundKey | undefined {
  const url = endpoint === undefined ? null : URL.parse(endpoint)
  if (!url || url.protocol !== 'http:' || !hosts.has(url.hostname) || url.port === '') return undefined
  return keyAt(Number(url.port), variables)
}

/** Returns the facts that the sandbox at a port has left; undefined where none of this user's runs there. */
export function keyAt(port: number, variables: Variables): FoundKey | undefined {
  for (const folder of privateFolders(variables)) {
    const found = readKeyFile(join(folder, `${port}.json`))
    if (found) return found
  }
  return undefined
}

/** Returns the facts that all running sandboxes of this user have left, by their ports. */
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
