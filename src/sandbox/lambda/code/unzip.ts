import { createWriteStream } from 'node:fs'
import { chmod, realpath, symlink, writeFile } from 'node:fs/promises'
import { dirname, join, posix, sep } from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import pLimit from 'p-limit'
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { makeFolder } from '../../../folders/make-folder.ts'
import { linkPlace } from '../../../packaging/unzip/link-place.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import { storageReason } from '../../state/storage.ts'
import { invalidParameter } from '../requests/errors.ts'

/** Lambda's limit of an unpacked function, in bytes. */
export const largestUnzipped = 262_144_000

const typeBits = 0o170000
const symlinkType = 0o120000

/** A package may have tens of thousands of files, so small ones are written whole, and several at a time. Bytes. */
const longestWhole = 1_048_576
const writtenAtOnce = 16

/** The places of a function outside of its package that links may lead to, as Lambda keeps them. */
const openPlaces = ['/tmp', '/opt']

/**
 * Unpacks a zip into a folder, with its symbolic links and the owner's part of the modes.
 *
 * @throws ServiceError 400 for a file that is no zip, is too large, or has an entry outside of the folder; the system's
 * error if the disk refuses it
 */
export async function unzip(zip: Uint8Array, folder: string): Promise<void> {
  const root = await realpath(folder)
  try {
    const file = await fromBufferPromise(Buffer.from(zip), { lazyEntries: true, autoClose: false })
    await writeEntries(file, await readEntries(file), root)
  } catch (error) {
    if (error instanceof ServiceError || storageReason(error)) throw error
    throw unreadable()
  }
}

async function readEntries(file: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = []
  let size = 0
  for await (const entry of file.eachEntry()) {
    size += entry.uncompressedSize
    if (size > largestUnzipped) {
      throw invalidParameter(`Unzipped size must be smaller than ${largestUnzipped} bytes`)
    }
    entries.push(entry)
  }
  return entries
}

/**
 * Links are made last, so that no file is written through one, and only if all of them stay within the folder, or lead
 * to an open place by its absolute path.
 */
async function writeEntries(file: ZipFile, entries: Entry[], root: string): Promise<void> {
  const links = new Map<string, string>()
  // Of several entries with one name the last one stays.
  const others = new Map<string, Entry>()
  for (const entry of entries) {
    if (isLink(entry)) links.set(posix.normalize(entry.fileName), await targetOf(file, entry))
    else others.set(within(root, join(root, entry.fileName)), entry)
  }
  await writeFiles(file, others)
  const inPackage = new Map([...links].filter(([, target]) => !isOpen(target)))
  for (const path of inPackage.keys())
    if (linkPlace(path, (at) => inPackage.get(at)) === undefined) throw unreadable()
  for (const [path, target] of links) await writeLink(within(root, join(root, path)), target)
  for (const path of links.keys()) await requireWithin(root, join(root, path))
}

async function targetOf(file: ZipFile, entry: Entry): Promise<string> {
  return text(await file.openReadStreamPromise(entry))
}

/** @param entries by their paths: files and folders, which end with a slash */
async function writeFiles(file: ZipFile, entries: ReadonlyMap<string, Entry>): Promise<void> {
  const files = [...entries].filter(([path]) => !path.endsWith(sep))
  const folders = [...entries.keys()].filter((path) => path.endsWith(sep))
  for (const folder of new Set([...folders, ...files.map(([path]) => dirname(path))]))
    await makeFolder(folder)
  const limit = pLimit({ concurrency: writtenAtOnce, rejectOnClear: true })
  const writing = files.map(([path, entry]) => limit(writeEntry, file, entry, path))
  try {
    await Promise.all(writing)
  } finally {
    // After an error the folder is removed, so nothing may be written to it any more.
    limit.clearQueue()
    await Promise.allSettled(writing)
  }
}

async function writeEntry(file: ZipFile, entry: Entry, path: string): Promise<void> {
  // A zip made on Windows has no mode.
  const mode = modeOf(entry) & 0o700 || 0o600
  const content = await file.openReadStreamPromise(entry)
  if (entry.uncompressedSize <= longestWhole) await writeFile(path, await buffer(content), { mode })
  else await pipeline(content, createWriteStream(path, { mode }))
  // The umask may have taken a part of the mode away.
  if ((process.umask() & mode) !== 0) await chmod(path, mode)
}

async function writeLink(path: string, target: string): Promise<void> {
  await makeFolder(dirname(path))
  if ((await realpath(dirname(path))) !== dirname(path)) throw unreadable()
  await symlink(target, path)
}

/** The file system decides: some treat names in capitals, or in another Unicode form, as the same. */
async function requireWithin(root: string, link: string): Promise<void> {
  // A broken or circular link stays a link.
  const place = await realpath(link).catch(() => root)
  if (!isOpen(place)) within(root, place)
}

function isOpen(path: string): boolean {
  return openPlaces.some((place) => posix.normalize(`${path}/`).startsWith(`${place}/`))
}

function modeOf(entry: Entry): number {
  return entry.externalFileAttributes >>> 16
}

function isLink(entry: Entry): boolean {
  return (modeOf(entry) & typeBits) === symlinkType
}

function within(root: string, path: string): string {
  if (path === root || path.startsWith(root + sep)) return path
  throw unreadable()
}

function unreadable(): ServiceError {
  return invalidParameter('Could not unzip uploaded file. Please check your file, then try to upload again.')
}
