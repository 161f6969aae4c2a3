import { createHash } from 'node:crypto'

/**
 * The size of a part, bytes; S3 accepts parts from 5 MiB on. Unfinished uploads with another size are not found again.
 */
export const partBytes = 8_388_608

/** A piece of a content. */
export interface Part {
  /** From 1 on. */
  number: number
  body: Uint8Array
  /** SHA-256, base64. */
  checksum: string
}

export function partsOf(content: Uint8Array): Part[] {
  return Array.from({ length: Math.ceil(content.length / partBytes) }, (_, index) => {
    const body = content.subarray(index * partBytes, (index + 1) * partBytes)
    return { number: index + 1, body, checksum: sha256(body).toString('base64') }
  })
}

/** SHA-256 of a content that was sent in one piece, in S3's form. */
export function wholeChecksum(content: Uint8Array): string {
  return sha256(content).toString('base64')
}

/** Returns the checksum that S3 reports for an object in parts: SHA-256 over their checksums, and their number. */
export function compositeChecksum(parts: readonly Part[]): string {
  const digests = Buffer.concat(parts.map(({ checksum }) => Buffer.from(checksum, 'base64')))
  return `${sha256(digests).toString('base64')}-${parts.length}`
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
