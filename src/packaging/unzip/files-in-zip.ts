import type { Entry } from 'yauzl'
import type { FileMode, PackageFile } from '../model/types.ts'
import { entryContent } from './entry-content.ts'
import { isLink, nameOf } from './zip-names.ts'

/** A file in a zip. */
export interface ZippedFile extends Pick<PackageFile, 'path' | 'size' | 'mode'> {
  /** Whether it is a symbolic link; its content is then the path that it points to. */
  readonly isLink: boolean
  /** @throws an error with the reason if it is damaged */
  readonly content: () => Promise<Buffer>
}

/**
 * The files of a zip that any tool made, in its own order; no content is read yet.
 *
 * @param requireSize refuses sizes that are too large. No entry may unzip to more than the size that it declares, so a
 * zip bomb is stopped here.
 * @throws Error with the reason if it is no zip
 */
export async function filesInZip(
  bytes: Buffer,
  requireSize: (files: readonly ZippedFile[]) => void,
): Promise<ZippedFile[]> {
  const { fromBufferPromise } = await import('./yauzl.ts')
  const zip = { bytes, file: await fromBufferPromise(bytes, { autoClose: false }) }
  const files: ZippedFile[] = []
  for await (const entry of zip.file.eachEntry()) {
    const path = nameOf(entry)
    if (path.endsWith('/')) continue
    const content = () => entryContent(zip, entry)
    files.push({ path, size: entry.uncompressedSize, mode: modeOf(entry), isLink: isLink(entry), content })
  }
  requireSize(files)
  return files
}

/** The sum of sizes, bytes. */
export function sizeOf(files: readonly Pick<ZippedFile, 'size'>[]): number {
  return files.reduce((sum, { size }) => sum + size, 0)
}

function modeOf(entry: Entry): FileMode {
  // The upper half is the Unix mode; it is 0 where the zip was made on Windows.
  return (entry.externalFileAttributes >>> 16) & 0o111 ? 0o755 : 0o644
}
