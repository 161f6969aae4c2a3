import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { Crc32c, Crc64Nvme } from '@aws-sdk/checksums/crc'
import { refused } from './errors.ts'

/** The checksums that the sandbox computes. */
export type Algorithm = 'CRC32' | 'CRC32C' | 'CRC64NVME' | 'SHA1' | 'SHA256'

const members = {
  CRC32: 'ChecksumCRC32',
  CRC32C: 'ChecksumCRC32C',
  CRC64NVME: 'ChecksumCRC64NVME',
  SHA1: 'ChecksumSHA1',
  SHA256: 'ChecksumSHA256',
} as const

const algorithms = Object.keys(members) as Algorithm[]

/** The members of a request or an answer that carry checksums, base64. */
export type ChecksumMembers = { [Name in (typeof members)[Algorithm]]?: string | undefined }

/** Their names. */
export const checksumMembers = Object.values(members)

/** A checksum that S3 stores with an object or a part. */
export interface Checksum {
  algorithm: Algorithm
  /** Base64; a composite checksum ends with `-` and the number of parts. */
  value: string
  type: 'FULL_OBJECT' | 'COMPOSITE'
}

/** The checksum that S3 computes if a client asks for none. */
export const defaultAlgorithm: Algorithm = 'CRC64NVME'

/** @throws ServiceError 400 for a name that is none of S3's, or that the sandbox does not compute */
export function algorithmOf(name: string | undefined): Algorithm | undefined {
  if (name === undefined) return undefined
  const found = algorithms.find((algorithm) => algorithm === name.toUpperCase())
  if (found) return found
  throw refused(
    'InvalidRequest',
    `Checksum algorithm provided is unsupported. Please try again with any of the valid types: [${algorithms.join(', ')}]`,
  )
}

/** Computes a digest of bytes that come in pieces. */
export interface Hasher {
  update(bytes: Uint8Array): void
  digest(): Promise<Buffer>
}

export function hasherOf(algorithm: Algorithm | 'MD5'): Hasher {
  switch (algorithm) {
    case 'CRC32': {
      let value = 0
      return {
        update: (bytes) => void (value = crc32(bytes, value)),
        digest: async () => {
          const digest = Buffer.alloc(4)
          digest.writeUInt32BE(value)
          return digest
        },
      }
    }
    case 'CRC32C':
    case 'CRC64NVME': {
      const hash = algorithm === 'CRC32C' ? new Crc32c() : new Crc64Nvme()
      return {
        update: (bytes) => hash.update(bytes),
        digest: async () => Buffer.from(await hash.digest()),
      }
    }
    default: {
      const hash = createHash(algorithm.toLowerCase())
      return { update: (bytes) => void hash.update(bytes), digest: async () => hash.digest() }
    }
  }
}

/** The digests of a content. */
export interface Digests {
  /** Hex. */
  md5: string
  /** Base64, by algorithm. */
  checksums: ReadonlyMap<Algorithm, string>
}

/** The checksum of parts: computed from their checksums in order. */
export async function composite(algorithm: Algorithm, parts: readonly string[]): Promise<Checksum> {
  const hasher = hasherOf(algorithm)
  for (const part of parts) hasher.update(Buffer.from(part, 'base64'))
  const value = `${(await hasher.digest()).toString('base64')}-${parts.length}`
  return { algorithm, value, type: 'COMPOSITE' }
}

/** A request's claims about its body. */
export type Claims = ChecksumMembers & {
  ContentMD5?: string | undefined
  ChecksumAlgorithm?: string | undefined
}

/**
 * The algorithm whose checksum is stored: the one that the request sent or named, or else the fallback.
 *
 * @throws ServiceError 400 for several checksums
 */
export function chosenAlgorithm(sent: Claims, fallback: Algorithm): Algorithm {
  const given = algorithms.filter((algorithm) => sent[members[algorithm]] !== undefined)
  if (given.length > 1) {
    throw refused(
      'InvalidRequest',
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    )
  }
  return given[0] ?? algorithmOf(sent.ChecksumAlgorithm) ?? fallback
}

/**
 * Compares a body's digests with a request's claims.
 *
 * @returns the checksum to store
 * @throws ServiceError 400 for a different one
 */
export function checkedBody(digests: Digests, sent: Claims, algorithm: Algorithm): Checksum {
  const md5 = Buffer.from(digests.md5, 'hex').toString('base64')
  if (sent.ContentMD5 !== undefined && sent.ContentMD5 !== md5) {
    if (Buffer.from(sent.ContentMD5, 'base64').length !== 16) {
      throw refused('InvalidDigest', 'The Content-MD5 you specified was invalid.', {
        'Content-MD5': sent.ContentMD5,
      })
    }
    throw refused('BadDigest', 'The Content-MD5 you specified did not match what we received.', {
      ExpectedDigest: sent.ContentMD5,
      CalculatedDigest: md5,
    })
  }
  const value = digests.checksums.get(algorithm) ?? ''
  const expected = sent[members[algorithm]]
  if (expected !== undefined && expected.length !== value.length) {
    throw refused('InvalidRequest', `Value for x-amz-checksum-${algorithm.toLowerCase()} header is invalid.`)
  }
  if (expected !== undefined && expected !== value) throw badDigest(algorithm)
  return { algorithm, value, type: 'FULL_OBJECT' }
}

/** 400. */
export function badDigest(algorithm: Algorithm): Error {
  return refused('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`)
}

/** A checksum as members of an answer. */
export function asMembers(
  checksum: Checksum | undefined,
): ChecksumMembers & { ChecksumType?: Checksum['type'] } {
  return checksum ? { [members[checksum.algorithm]]: checksum.value, ChecksumType: checksum.type } : {}
}

/** A part's checksum as a member of an answer. */
export function asMember(checksum: Checksum | undefined): ChecksumMembers {
  return checksum ? { [members[checksum.algorithm]]: checksum.value } : {}
}

/** The checksum of an algorithm in a request or a part. */
export function memberOf(algorithm: Algorithm, sent: ChecksumMembers): string | undefined {
  return sent[members[algorithm]]
}
