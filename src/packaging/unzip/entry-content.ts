import { crc32, inflateRawSync } from 'node:zlib'
import type { Entry, ZipFile } from 'yauzl'

/** A zip with its bytes: of a file that is whole in memory, yauzl's streams take twenty times as long to read as the bytes. */
export interface OpenZip {
  readonly bytes: Buffer
  readonly file: ZipFile
}

/**
 * The content of an entry.
 *
 * @throws Error saying how it isn't what the zip says of it
 */
export async function entryContent({ bytes, file }: OpenZip, entry: Entry): Promise<Buffer> {
  if (!entry.canDecodeFileData())
    throw new Error('it is encrypted, or compressed by another method than deflate')
  const { fileDataStart: start } = await file.readLocalFileHeaderPromise(entry, { minimal: true })
  const content = inflated(bytes.subarray(start, start + entry.compressedSize), entry)
  if (content.length !== entry.uncompressedSize) throw new Error('the content is not as long as it says')
  if (crc32(content) !== entry.crc32) throw new Error('the content is not what its CRC-32 says')
  return content
}

function inflated(data: Buffer, { compressionMethod, uncompressedSize }: Entry): Buffer {
  if (compressionMethod === 0) return data
  // A bomb ends at the size that it declares; zlib takes no 0 for a limit.
  return inflateRawSync(data, { maxOutputLength: Math.max(1, uncompressedSize) })
}
