import { crc32, inflateRawSync } from 'node:zlib'
import type { Entry, ZipFile } from 'yauzl'

/** A zip with its bytes. yauzl's streams take twenty times as long as reading the bytes in memory. */
export interface OpenZip {
  readonly bytes: Buffer
  readonly file: ZipFile
}

/**
 * The content of an entry.
 *
 * @throws Error saying how the content differs from the zip's directory
 */
export async function entryContent({ bytes, file }: OpenZip, entry: Entry): Promise<Buffer> {
  if (!entry.canDecodeFileData())
    throw new Error('it is encrypted, or compressed by a method other than deflate')
  const { fileDataStart: start } = await file.readLocalFileHeaderPromise(entry, { minimal: true })
  const content = inflated(bytes.subarray(start, start + entry.compressedSize), entry)
  if (content.length !== entry.uncompressedSize)
    throw new Error('the content has another length than the zip states')
  if (crc32(content) !== entry.crc32) throw new Error('the content does not match its CRC-32')
  return content
}

function inflated(data: Buffer, { compressionMethod, uncompressedSize }: Entry): Buffer {
  if (compressionMethod === 0) return data
  // A zip bomb ends at the size that it declares; zlib does not accept 0 as a limit.
  return inflateRawSync(data, { maxOutputLength: Math.max(1, uncompressedSize) })
}
