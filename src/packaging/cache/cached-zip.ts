import { createHash, hash } from 'node:crypto'
import { limits } from '../model/limits.ts'
import type { PackageFile, SourceFile } from '../model/types.ts'
import { readUnchanged } from '../select/read-file.ts'
import type { Selection } from '../select/select-files.ts'
import type { ZippedFiles } from '../zip/zip-files.ts'
import { type CacheIndex, readIndex, readZipNamed, touch, writeIndex, writeZipNamed } from './cache-files.ts'
import { cacheFolder } from './cache-folder.ts'
import { forgetOldest } from './forget-oldest.ts'

/**
 * A file that changed this shortly before it was read may have changed again without a trace: times are only as fine as
 * the file system makes them, and FAT counts in steps of two seconds.
 */
const recentMs = 3000
/** Increase this number when the layout of the zip or of the cache changes. */
const layout = 2

/** The facts that the cache keeps with a zip. */
type Kept = Pick<CacheIndex, 'key' | 'selectedMs'>

/** The files to put in a zip. */
export type Wanted = Pick<Selection, 'files' | 'startedMs'>

/**
 * The zip of unchanged files from the user's cache, or else a new zip, which is kept there. Sizes, times and inodes
 * only find the entry: a zip is used if its own SHA-256 matches. Files whose times don't prove that they are unchanged
 * are read again.
 */
export async function cachedZip(wanted: Wanted, make: () => Promise<ZippedFiles>): Promise<ZippedFiles> {
  const { folder } = await cacheFolder('packages')
  if (folder === undefined) return make()
  const { files, startedMs: selectedMs } = wanted
  const key = keyOf(files)
  const found = await find(folder, key, files, selectedMs)
  if (found) return found
  const made = await make()
  // A larger package is going to be refused.
  if (made.zip.length <= limits.zipped) await keep(folder, { key, selectedMs, ...made })
  return made
}

async function keep(folder: string, { key, selectedMs, zip, files }: ZippedFiles & Kept): Promise<void> {
  if (!(await writeZipNamed(folder, zip))) return
  const digests = files.map(({ sha256 }) => sha256).join('')
  await writeIndex(folder, { key, zip: hash('sha256', zip), selectedMs, digests })
  await forgetOldest(folder)
}

async function find(
  folder: string,
  key: string,
  files: readonly SourceFile[],
  selectedMs: number,
): Promise<ZippedFiles | undefined> {
  const index = await readIndex(folder, key, files.length)
  const zip = index && (await readZipNamed(folder, index.zip))
  if (!zip) return undefined
  const known = files.map(({ path, size, mode }, at): PackageFile => {
    return { path, size, mode, sha256: index.digests.slice(64 * at, 64 * (at + 1)) }
  })
  const recent = files.flatMap((file, at) => (isRecent(file, index.selectedMs) ? [at] : []))
  if (!recent.every((at) => isUnchanged(files[at], known[at]))) return undefined
  // The next run can trust the times of these files.
  if (recent.length > 0) await writeIndex(folder, { ...index, selectedMs })
  await touch(folder, index)
  return { zip, files: known }
}

function isUnchanged(file: SourceFile | undefined, known: PackageFile | undefined): boolean {
  try {
    return file !== undefined && hash('sha256', readUnchanged(file)) === known?.sha256
  } catch {
    // Packaging the file will report the error.
    return false
  }
}

function isRecent({ mtimeMs, ctimeMs }: SourceFile, selectedMs: number): boolean {
  return Math.max(mtimeMs, ctimeMs) > selectedMs - recentMs
}

/** Another Node, zlib or processor may deflate to other bytes. */
function keyOf(files: readonly SourceFile[]): string {
  const { node, zlib } = process.versions
  const stamps = new Float64Array(5 * files.length)
  for (const [at, { mode, size, mtimeMs, ctimeMs, inode }] of files.entries()) {
    stamps.set([mode, size, mtimeMs, ctimeMs, inode], 5 * at)
  }
  const made = [layout, node, zlib, process.arch]
  const texts = [...made, ...files.map(({ path }) => path)]
  return createHash('sha256').update(texts.join('\0')).update(stamps).digest('hex')
}
