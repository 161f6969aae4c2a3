import { hash } from 'node:crypto'
import { LambdactlError } from '../../errors/error.ts'
import { largestShares, requireWithin } from '../model/limits.ts'
import { byPath } from '../model/order.ts'
import type { Listing, PackageFile } from '../model/types.ts'
import { filesInZip, sizeOf, type ZippedFile } from './files-in-zip.ts'

/** A zip that another tool made; its files are sorted by path. */
export interface ReadyZip extends Listing {
  readonly files: readonly PackageFile[]
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
  const files = await orUnreadable(name, () => filesInZip(bytes, requireUnzippable))
  return files.map((file) => ({
    ...file,
    content: () => orUnreadable(name, file.content, `of ${JSON.stringify(file.path)}, `),
  }))
}

function requireUnzippable(files: readonly ZippedFile[]): void {
  requireWithin('unzipped', sizeOf(files), largestShares(files))
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
