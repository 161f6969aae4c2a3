import { buffer } from 'node:stream/consumers'
import type { Entry as ZipEntry, ZipFile } from 'yauzl'
import { LambdactlError } from '../errors/error.ts'
import { limits } from './limits.ts'
import { byPath } from './order.ts'
import type { Entry } from './types.ts'

/**
 * The files of a zip that somebody else made, sorted by path.
 *
 * @throws LambdactlError PACKAGE_INVALID for a damaged zip, or one that unzips to more than Lambda takes
 */
export async function readZip(bytes: Buffer, name: string): Promise<Entry[]> {
  const { fromBufferPromise } = await import('yauzl')
  try {
    return byPath(await readEntries(await fromBufferPromise(bytes)))
  } catch (cause) {
    if (cause instanceof LambdactlError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new LambdactlError('PACKAGE_INVALID', `${name} is not a zip that can be read: ${reason}.`, {
      cause,
    })
  }
}

async function readEntries(zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = []
  let total = 0
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue
    // yauzl holds each entry to the size that it declares: so a bomb stops here, before it is unpacked.
    total += entry.uncompressedSize
    if (total > limits.unzipped) throw tooLarge()
    const content = await buffer(await zip.openReadStreamPromise(entry))
    entries.push({ path: entry.fileName, mode: modeOf(entry), content })
  }
  return entries
}

function modeOf(entry: ZipEntry): Entry['mode'] {
  // The upper half is the Unix mode; it is 0 where the zip was made on Windows.
  return (entry.externalFileAttributes >>> 16) & 0o111 ? 0o755 : 0o644
}

function tooLarge(): LambdactlError {
  return new LambdactlError(
    'PACKAGE_INVALID',
    `The package is too large unzipped: expected at most ${limits.unzipped} bytes, got more.`,
  )
}
