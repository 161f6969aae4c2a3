import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { refused } from './errors.ts'

/** The checksums that the sandbox knows; other kinds are neither checked nor stored. */
export type Algorithm = 'CRC32' | 'SHA1' | 'SHA256'

const members = { CRC32: 'ChecksumCRC32', SHA1: 'ChecksumSHA1', SHA256: 'ChecksumSHA256' } as const

/** The members of a request or an answer that carry checksums, base64. */
export type ChecksumMembers = { [Name in (typeof members)[Algorithm]]?: string | undefined }

/** A checksum that S3 stores with an object or a part. */
export interface Checksum {
  algorithm: Algorithm
  /** Base64; a composite checksum ends with `-` and the number of parts. */
  value: string
  type: 'FULL_OBJECT' | 'COMPOSITE'
}

/** The algorithm of that name, if the sandbox knows it. */
export function algorithmOf(name: string | undefined): Algorithm | undefined {
  return name === 'CRC32' || name === 'SHA1' || name === 'SHA256' ? name : undefined
}

/** A checksum of bytes, for a composite checksum. */
export function digestOf(algorithm: Algorithm, bytes: Uint8Array): Buffer {
  if (algorithm !== 'CRC32') return createHash(algorithm.toLowerCase()).update(bytes).digest()
  const digest = Buffer.alloc(4)
  digest.writeUInt32BE(crc32(bytes))
  return digest
}

/** The checksum of parts: computed from their checksums in order. */
export function composite(algorithm: Algorithm, parts: readonly string[]): Checksum {
  const digests = Buffer.concat(parts.map((part) => Buffer.from(part, 'base64')))
  const value = `${digestOf(algorithm, digests).toString('base64')}-${parts.length}`
  return { algorithm, value, type: 'COMPOSITE' }
}

/**
 * Checks a body against its checksums.
 *
 * @param fallback is computed if there are none
 * @returns the checksum to store
 * @throws ServiceError 400 for a different checksum
 */
export function checkedBody(
  body: Uint8Array,
  sent: ChecksumMembers & { ContentMD5?: string | undefined },
  fallback?: Algorithm,
): Checksum | undefined {
  const md5 = createHash('md5').update(body).digest('base64')
  if (sent.ContentMD5 !== undefined && sent.ContentMD5 !== md5) {
    throw refused('BadDigest', 'The Content-MD5 you specified did not match what we received.')
  }
  let kept: Checksum | undefined
  for (const algorithm of ['CRC32', 'SHA1', 'SHA256'] as const) {
    const expected = sent[members[algorithm]]
    if (expected === undefined && algorithm !== fallback) continue
    const value = digestOf(algorithm, body).toString('base64')
    if (expected !== undefined && expected !== value) {
      throw refused('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`)
    }
    kept = { algorithm, value, type: 'FULL_OBJECT' }
  }
  return kept
}

/** A checksum as a member of an answer. */
export function asMember(checksum: Checksum | undefined): ChecksumMembers {
  return checksum ? { [members[checksum.algorithm]]: checksum.value } : {}
}

/** The checksum of an algorithm in a request or a part. */
export function memberOf(algorithm: Algorithm, sent: ChecksumMembers): string | undefined {
  return sent[members[algorithm]]
}
