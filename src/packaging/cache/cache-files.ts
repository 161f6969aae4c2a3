import { hash, randomUUID } from 'node:crypto'
import { lstat, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { limits } from '../model/limits.ts'

/** The cache's entry about files that were packaged. */
export interface CacheIndex {
  /** Names the files by what says whether they changed; SHA-256, hex. */
  readonly key: string
  /** SHA-256 of their zip, hex. */
  readonly zip: string
  /** When they were selected, milliseconds since the epoch. */
  readonly selectedMs: number
  /** SHA-256 of each file, hex, one after the other in the order of the files. */
  readonly digests: string
}

/** A larger file is none of ours; bytes. */
const largest = 2 * limits.zipped

/** The index of this key, of so many files, as it was written; undefined for anything else. */
export async function readIndex(folder: string, key: string, files: number): Promise<CacheIndex | undefined> {
  const text = (await read(indexPath(folder, key)))?.toString('utf8') ?? ''
  const end = text.indexOf('\n')
  if (end === -1 || text.slice(0, end) !== hash('sha256', text.slice(end + 1))) return undefined
  const index = parsed(text.slice(end + 1))
  return isIndex(index) && index.key === key && index.digests.length === 64 * files ? index : undefined
}

/** Its first line is the digest of the rest. */
export async function writeIndex(folder: string, index: CacheIndex): Promise<void> {
  const text = JSON.stringify(index)
  await write(indexPath(folder, index.key), `${hash('sha256', text)}\n${text}`)
}

/** The zip of this SHA-256 in hex, if it is there and still has it. */
export async function readZipNamed(folder: string, sha256: string): Promise<Buffer | undefined> {
  const zip = await read(zipPath(folder, sha256))
  return zip && hash('sha256', zip) === sha256 ? zip : undefined
}

/** @returns whether it could be written */
export function writeZipNamed(folder: string, zip: Buffer): Promise<boolean> {
  return write(zipPath(folder, hash('sha256', zip)), zip)
}

/** Says that a package was used, so that others are forgotten before it. */
export async function touch(folder: string, { key, zip }: CacheIndex): Promise<void> {
  const now = new Date()
  // Another process may have forgotten it just now.
  for (const path of [indexPath(folder, key), zipPath(folder, zip)]) {
    await utimes(path, now, now).catch(() => undefined)
  }
}

/** Writes a file whole or not at all, also beside others who write it. @returns whether it could */
async function write(path: string, content: Buffer | string): Promise<boolean> {
  const temporary = join(dirname(path), `${randomUUID()}.tmp`)
  try {
    await writeFile(temporary, content, { mode: 0o600, flag: 'wx' })
    await rename(temporary, path)
    return true
  } catch {
    // A full disk, say: the package is made all the same.
    await rm(temporary, { force: true }).catch(() => undefined)
    return false
  }
}

async function read(path: string): Promise<Buffer | undefined> {
  try {
    const status = await lstat(path)
    return status.isFile() && status.size <= largest ? await readFile(path) : undefined
  } catch {
    // What can't be read isn't known.
    return undefined
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isIndex(value: unknown): value is CacheIndex {
  if (typeof value !== 'object' || value === null) return false
  const { key, zip, selectedMs, digests } = value as Record<string, unknown>
  return isHex(key) && isHex(zip) && typeof selectedMs === 'number' && isHex(digests)
}

function isHex(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]*$/.test(value)
}

function indexPath(folder: string, key: string): string {
  return join(folder, `${key}.json`)
}

function zipPath(folder: string, sha256: string): string {
  return join(folder, `${sha256}.zip`)
}
