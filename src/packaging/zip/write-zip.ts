import { limits } from '../model/limits.ts'
import type { FileMode } from '../model/types.ts'
import type { Deflated } from './deflate.ts'
import { openRawZip, type RawEntryData } from './raw-zip.ts'

/** A file for a zip. */
export interface ZipEntry extends Deflated {
  readonly path: string
  readonly mode: FileMode
}

/** Any fixed date will do; a zip has none before 1980. */
const date = new Date('2000-01-01T00:00:00Z')

/**
 * A zip of entries in their order; byte-identical for the same entries.
 *
 * @param contents describe the entries before they come
 */
export async function writeZip(
  entries: AsyncIterable<Iterable<ZipEntry>>,
  contents: readonly { path: string; size: number }[],
): Promise<Buffer> {
  // Workers begin with the first entries while archiver is loaded.
  const opening = openRawZip(mostBytes(contents))
  let count = 0
  for await (const some of entries) {
    const zip = await opening
    for (const entry of some) {
      zip.add(Buffer.from(entry.data.buffer, entry.data.byteOffset, entry.data.length), dataOf(entry))
      count += 1
    }
  }
  const bytes = await (await opening).finish()
  requireEntries(bytes, count)
  return bytes
}

/** A zip has each name twice, with up to 76 bytes around it, and stores no content longer than the original. */
function mostBytes(contents: readonly { path: string; size: number }[]): number {
  const bytes = contents.reduce((sum, { path, size }) => sum + size + 6 * path.length + 76, 100)
  return Math.min(bytes, limits.zipped)
}

function dataOf({ path, mode, crc, size, data }: ZipEntry): RawEntryData {
  return { name: path, date, mode, crc, size, deflated: data.length < size }
}

/**
 * The last 22 bytes give the number of entries and the place of their directory. The check guards archiver's private
 * names, which may change.
 */
function requireEntries(zip: Buffer, count: number): void {
  const end = zip.length - 22
  const [signature, entries] = [zip.readUInt32LE(end), zip.readUInt16LE(end + 10)]
  if (signature !== 0x06054b50 || entries !== Math.min(count, 0xffff)) {
    throw new Error(`archiver wrote an incomplete zip: expected ${count} entries, got ${entries}.`)
  }
}
