import { hash, randomUUID } from 'node:crypto'
import { lstat, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { limits } from '../model/limits.ts'

/** The cache's entry for one set of packaged files. */
export interface CacheIndex {
  /** Identifies the files by the facts that show changes; SHA-256, hex. */
  readonly key: string
  /** SHA-256 of their zip, hex. */
  readonly zip: string
  /** The time of the selection, milliseconds since the epoch. */
  readonly selectedMs: number
  /** The SHA-256 of each file, hex, concatenated in the order of the files. */
  readonly digests: string
}

/** The cache never writes a larger file; bytes. */
const largest = 2 * limits.zipped

/** Reads the index of a key for a number of files; undefined if it is missing or damaged. */
export async function readIndex(folder: string, key: string, files: number): Promise<CacheIndex | undefined> {
  const text = (await read(indexPath(folder, key)))?.toString('utf8') ?? ''
  const end = text.indexOf('\n')
  if (end === -1 || text.slice(0, end) !== hash('sha256', text.slice(end + 1))) return undefined
  const index = parsed(text.slice(end + 1))
  return isIndex(index) && index.key === key && index.digests.length === 64 * files ? index : undefined
}

/** Writes an index; its first line is the digest of the rest. */
export async function writeIndex(folder: string, index: CacheIndex): Promise<void> {
  const text = JSON.stringify(index)
  await write(indexPath(folder, index.key), `${hash('sha256', text)}\n${text}`)
}

/** The zip with this SHA-256 (hex), if it exists and its content still matches. */
export async function readZipNamed(folder: string, sha256: string): Promise<Buffer | undefined> {
  const zip = await read(zipPath(folder, sha256))
  return zip && hash('sha256', zip) === sha256 ? zip : undefined
}

/** @returns whether it could be written */
export function writeZipNamed(folder: string, zip: Buffer): Promise<boolean> {
  return write(zipPath(folder, hash('sha256', zip)), zip)
}

/** Marks a package as used, so that others are removed first. */
export async function touch(folder: string, { key, zip }: CacheIndex): Promise<void> {
  const now = new Date()
  // Another process may have removed it just now.
  for (const path of [indexPath(folder, key), zipPath(folder, zip)]) {
    await utimes(path, now, now).catch(() => undefined)
  }
}

/** Writes a whole file or nothing, also while other processes write it. @returns whether the file was written */
async function write(path: string, content: Buffer | string): Promise<boolean> {
  const temporary = join(dirname(path), `${randomUUID()}.tmp`)
  try {
    await writeFile(temporary, content, { mode: 0o600, flag: 'wx' })
    await rename(temporary, path)
    return true
  } catch {
    // The package is made without the cache, for example on a full disk.
    await rm(temporary, { force: true }).catch(() => undefined)
    return false
  }
}

async function read(path: string): Promise<Buffer | undefined> {
  try {
    const status = await lstat(path)
    return status.isFile() && status.size <= largest ? await readFile(path) : undefined
  } catch {
    // An unreadable file counts as missing.
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
