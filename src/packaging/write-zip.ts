import type { Deflated } from './deflate.ts'
import { openRawZip, type RawEntryData } from './raw-zip.ts'
import type { FileMode } from './types.ts'

/** A file as it goes into a zip. */
export interface ZipEntry extends Deflated {
  readonly path: string
  readonly mode: FileMode
}

/** Any fixed date does; zip knows none before 1980. */
const date = new Date('2000-01-01T00:00:00Z')

/** A zip of entries in the order in which they come; byte-identical for the same entries. */
export async function writeZip(entries: AsyncIterable<Iterable<ZipEntry>>): Promise<Buffer> {
  const zip = await openRawZip()
  let count = 0
  for await (const some of entries) {
    for (const entry of some) {
      zip.add(Buffer.from(entry.data.buffer, entry.data.byteOffset, entry.data.length), dataOf(entry))
      count += 1
    }
  }
  const bytes = await zip.finish()
  requireEntries(bytes, count)
  return bytes
}

function dataOf({ path, mode, crc, size, data }: ZipEntry): RawEntryData {
  return { name: path, date, mode, crc, size, deflated: data.length < size }
}

/** The last 22 bytes say how many entries there are, and where their directory lies: what is private may have changed. */
function requireEntries(zip: Buffer, count: number): void {
  const end = zip.length - 22
  const [signature, entries] = [zip.readUInt32LE(end), zip.readUInt16LE(end + 10)]
  if (signature !== 0x06054b50 || entries !== Math.min(count, 0xffff)) {
    throw new Error(`archiver wrote a zip that is not whole: expected ${count} entries, got ${entries}.`)
  }
}
