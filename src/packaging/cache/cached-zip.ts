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
 * A file that was changed so shortly before it was read may have been changed again without a trace: its time has the
 * granularity of its file system, at worst the two seconds of FAT.
 */
const recentMs = 3000
/** Another layout of the zip or of the cache needs another number. */
const layout = 2

/** The facts that are kept with a zip. */
type Kept = Pick<CacheIndex, 'key' | 'selectedMs'>

/** The files that a zip is wanted of. */
export type Wanted = Pick<Selection, 'files' | 'startedMs'>

/**
 * The zip of files that were packaged before and have not changed since, from the user's cache; otherwise a new one, which
 * is kept there. Sizes, times and inodes only say where to look: a zip is used when its own SHA-256 holds, and files whose
 * times don't prove that they are unchanged are read again.
 */
export async function cachedZip(wanted: Wanted, make: () => Promise<ZippedFiles>): Promise<ZippedFiles> {
  const { folder } = await cacheFolder('packages')
  if (folder === undefined) return make()
  const { files, startedMs: selectedMs } = wanted
  const key = keyOf(files)
  const found = await find(folder, key, files, selectedMs)
  if (found) return found
  const made = await make()
  // A larger one is going to be refused.
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
  // From now on their times prove it.
  if (recent.length > 0) await writeIndex(folder, { ...index, selectedMs })
  await touch(folder, index)
  return { zip, files: known }
}

function isUnchanged(file: SourceFile | undefined, known: PackageFile | undefined): boolean {
  try {
    return file !== undefined && hash('sha256', readUnchanged(file)) === known?.sha256
  } catch {
    // Packaging it will say what is wrong with it.
    return false
  }
}

function isRecent({ mtimeMs, ctimeMs }: SourceFile, selectedMs: number): boolean {
  return Math.max(mtimeMs, ctimeMs) > selectedMs - recentMs
}

/** Other bytes may come of another Node, zlib or processor. */
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
