import { hash } from 'node:crypto'
import type { Entry as ZipEntry } from 'yauzl'
import { LambdactlError } from '../../errors/error.ts'
import { largestShares, requireWithin } from '../model/limits.ts'
import { byPath } from '../model/order.ts'
import type { FileMode, Listing, PackageFile } from '../model/types.ts'
import { entryContent, type OpenZip } from './entry-content.ts'
import { isLink, nameOf } from './zip-names.ts'

/** A zip that another tool made; its files are sorted by path. */
export interface ReadyZip extends Listing {
  readonly files: readonly PackageFile[]
}

/** A file in a zip. */
export interface ZippedFile extends Pick<PackageFile, 'path' | 'size' | 'mode'> {
  /** Whether it is a symbolic link; its content is then the path that it points to. */
  readonly isLink: boolean
  /** @throws LambdactlError PACKAGE_INVALID if it is damaged */
  readonly content: () => Promise<Buffer>
}

/**
 * Reads a whole zip, one file at a time.
 *
 * @throws LambdactlError PACKAGE_INVALID for a damaged zip, or one that unzips to more than Lambda takes
 */
export async function readZip(bytes: Buffer, name: string): Promise<ReadyZip> {
  const zipped = await zippedFiles(bytes, name)
  const files: PackageFile[] = []
  for (const { content, path, size, mode } of zipped)
    files.push({ path, size, mode, sha256: hash('sha256', await content()) })
  const named = new Map(zipped.map((file) => [file.path, file]))
  const read = async (path: string) => (await named.get(path)?.content()) ?? Buffer.alloc(0)
  return { files: byPath(files), read }
}

/**
 * The files of a zip in its own order; no content is read yet.
 *
 * @throws LambdactlError PACKAGE_INVALID for a damaged zip, or one that unzips to more than Lambda takes
 */
export async function zippedFiles(bytes: Buffer, name: string): Promise<ZippedFile[]> {
  const { fromBufferPromise } = await import('./yauzl.ts')
  return orUnreadable(name, async () => {
    const zip: OpenZip = { bytes, file: await fromBufferPromise(bytes, { autoClose: false }) }
    return (await entriesOf(zip)).map((entry) => {
      const path = nameOf(entry)
      const content = () => orUnreadable(name, () => entryContent(zip, entry), `of ${JSON.stringify(path)}, `)
      return { path, size: entry.uncompressedSize, mode: modeOf(entry), isLink: isLink(entry), content }
    })
  })
}

async function entriesOf({ file }: OpenZip): Promise<ZipEntry[]> {
  const entries: ZipEntry[] = []
  for await (const entry of file.eachEntry()) if (!nameOf(entry).endsWith('/')) entries.push(entry)
  // No entry may unzip to more than the size that it declares, so a zip bomb is stopped here, before it is unpacked.
  const sizes = entries.map((entry) => ({ path: nameOf(entry), size: entry.uncompressedSize }))
  const total = sizes.reduce((sum, { size }) => sum + size, 0)
  requireWithin('unzipped', total, largestShares(sizes))
  return entries
}

function modeOf(entry: ZipEntry): FileMode {
  // The upper half is the Unix mode; it is 0 where the zip was made on Windows.
  return (entry.externalFileAttributes >>> 16) & 0o111 ? 0o755 : 0o644
}

async function orUnreadable<Value>(name: string, read: () => Promise<Value>, where = ''): Promise<Value> {
  try {
    return await read()
  } catch (cause) {
    if (cause instanceof LambdactlError) throw cause
    const reason = (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, '')
    throw new LambdactlError('PACKAGE_INVALID', `${name} is not a zip that can be read: ${where}${reason}.`, {
      cause,
    })
  }
}
