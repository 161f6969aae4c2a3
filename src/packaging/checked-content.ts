import { crc32 } from 'node:zlib'
import type { Entry, ZipFile } from 'yauzl'

/**
 * The content of an entry in pieces, of which the last comes only where all agree with the entry's CRC-32: yauzl checks sizes
 * alone, so that stored bytes could be any.
 *
 * @throws Error saying what is wrong, also while it is read
 */
export async function* checkedContent(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  let crc = 0
  let last: Buffer | undefined
  for await (const chunk of await zip.openReadStreamPromise(entry)) {
    if (last) yield last
    last = chunk as Buffer
    crc = crc32(last, crc)
  }
  if (crc !== entry.crc32) throw new Error('the content is not what its CRC-32 says')
  if (last) yield last
}
