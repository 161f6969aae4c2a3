import { readFile } from 'node:fs/promises'
import { cachedZip } from './cached-zip.ts'
import { checkHandler } from './check-handler.ts'
import { areMany, sizeOf } from './deflate-files.ts'
import { largestShares, requireWithin } from './limits.ts'
import { refused } from './refused.ts'
import { selectFiles } from './select-files.ts'
import { sourceInvalid } from './source-invalid.ts'
import type { PackageSource, PackagingProgress, Packed, SourceFile } from './types.ts'
import { zipFiles } from './zip-files.ts'

/**
 * Packs a folder as it is.
 *
 * @throws LambdactlError PACKAGE_INVALID for what can't be packaged, before anything is packed where that can be seen
 */
export async function packFolder(
  fn: PackageSource,
  onProgress?: (progress: PackagingProgress) => void,
): Promise<Packed> {
  const { files: found, excludedSecrets, startedMs } = selectFiles(fn.source)
  if (found.length === 0) throw sourceInvalid(fn.source, 'a folder without files')
  const files = found.map((file) => (isBootstrap(fn, file) ? { ...file, mode: 0o755 as const } : file))
  const largest = largestShares(files)
  // Before anything is read: a folder may hold gigabytes.
  requireWithin('unzipped', sizeOf(files), largest)
  await checkHandler(fn, { files, read: (path) => contentOf(files, path) })
  const make = () => zipFiles(files, onProgress)
  // Making a small one takes no longer than looking for it.
  const zipped = areMany(files) ? await cachedZip(files, startedMs, make) : await make()
  return { ...zipped, largest, excludedSecrets }
}

function isBootstrap({ runtime }: PackageSource, { path }: SourceFile): boolean {
  return path === 'bootstrap' && runtime.startsWith('provided')
}

async function contentOf(files: readonly SourceFile[], path: string): Promise<Buffer> {
  const file = files.find((each) => each.path === path)
  if (!file) return Buffer.alloc(0)
  try {
    return await readFile(file.absolutePath)
  } catch (cause) {
    throw refused(`${path} can't be read: ${(cause as Error).message}`, cause)
  }
}
