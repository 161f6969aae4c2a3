import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import type { Entry as ZipEntry, ZipFile } from 'yauzl'
import { LambdactlError } from '../errors/error.ts'
import { checkedContent } from './checked-content.ts'
import { limits } from './limits.ts'
import { byPath } from './order.ts'
import type { FileMode, Listing, PackageFile } from './types.ts'
import { nameOf } from './zip-names.ts'

/** A zip that somebody else made; its files are sorted by path. */
export interface ReadyZip extends Listing {
  readonly files: readonly PackageFile[]
}

/**
 * Reads a whole zip, one file at a time.
 *
 * @throws LambdactlError PACKAGE_INVALID for a damaged zip, or one that unzips to more than Lambda takes
 */
export async function readZip(bytes: Buffer, name: string): Promise<ReadyZip> {
  const { fromBufferPromise } = await import('./yauzl.ts')
  try {
    const zip = await fromBufferPromise(bytes)
    const entries = await entriesOf(zip)
    const files: PackageFile[] = []
    for (const entry of entries) files.push(await describe(zip, entry))
    const named = new Map(entries.map((entry) => [nameOf(entry), entry]))
    const read = (path: string) => contentOf(zip, named.get(path))
    return { files: byPath(files), read }
  } catch (cause) {
    if (cause instanceof LambdactlError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new LambdactlError('PACKAGE_INVALID', `${name} is not a zip that can be read: ${reason}.`, {
      cause,
    })
  }
}

async function entriesOf(zip: ZipFile): Promise<ZipEntry[]> {
  const entries: ZipEntry[] = []
  let total = 0
  for await (const entry of zip.eachEntry()) {
    if (nameOf(entry).endsWith('/')) continue
    // yauzl holds each entry to the size that it declares: so a bomb stops here, before it is unpacked.
    total += entry.uncompressedSize
    if (total > limits.unzipped) throw tooLarge()
    entries.push(entry)
  }
  return entries
}

async function describe(zip: ZipFile, entry: ZipEntry): Promise<PackageFile> {
  const path = nameOf(entry)
  const hash = createHash('sha256')
  try {
    for await (const chunk of checkedContent(zip, entry)) hash.update(chunk)
  } catch (cause) {
    throw new Error(`of ${JSON.stringify(path)}, ${(cause as Error).message}`, { cause })
  }
  return {
    path,
    size: entry.uncompressedSize,
    mode: modeOf(entry),
    sha256: hash.digest('hex'),
  }
}

async function contentOf(zip: ZipFile, entry: ZipEntry | undefined): Promise<Buffer> {
  return entry ? buffer(checkedContent(zip, entry)) : Buffer.alloc(0)
}

function modeOf(entry: ZipEntry): FileMode {
  // The upper half is the Unix mode; it is 0 where the zip was made on Windows.
  return (entry.externalFileAttributes >>> 16) & 0o111 ? 0o755 : 0o644
}

function tooLarge(): LambdactlError {
  return new LambdactlError(
    'PACKAGE_INVALID',
    `The package is too large unzipped: expected at most ${limits.unzipped} bytes, got more.`,
  )
}
