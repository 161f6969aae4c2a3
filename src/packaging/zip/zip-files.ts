import type { PackageFile, PackagingProgress, SourceFile } from '../model/types.ts'
import { deflateFiles } from './deflate-files.ts'
import { writeZip, type ZipEntry } from './write-zip.ts'

/** Files with their digests, and the zip that holds them. */
export interface ZippedFiles {
  readonly zip: Buffer
  /** In the order in which they were given. */
  readonly files: readonly PackageFile[]
}

/**
 * A zip of files, each read once, in the order in which they are given.
 *
 * @throws LambdactlError PACKAGE_INVALID naming a file that can't be read, or that was changed since it was selected
 */
export async function zipFiles(
  sources: readonly SourceFile[],
  onProgress?: (progress: PackagingProgress) => void,
): Promise<ZippedFiles> {
  const files: PackageFile[] = []
  const zip = await writeZip(noting(files, deflateFiles(sources, onProgress)), sources)
  return { zip, files }
}

/** Passes entries on, and keeps the facts for the digest. */
async function* noting(files: PackageFile[], batches: AsyncIterable<ZipEntry[]>) {
  for await (const batch of batches) {
    for (const { path, size, mode, sha256 } of batch) files.push({ path, size, mode, sha256 })
    yield batch
  }
}
