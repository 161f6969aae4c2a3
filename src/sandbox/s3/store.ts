import type { Call } from '../protocol/service.ts'
import { ServiceError } from '../protocol/service-error.ts'
import type { Persistent } from '../state/persistent.ts'
import type { Blobs } from './blobs.ts'
import type { Algorithm, Checksum } from './checksums.ts'
import { noSuchBucket, noSuchUpload } from './errors.ts'

/** Stored bytes. */
export interface Content {
  /** Names the blob. */
  digest: string
  size: number
  /** Quoted, as S3 gives it. */
  etag: string
  checksum: Checksum | undefined
  /** Milliseconds since the epoch. */
  modified: number
}

/** What a client said of an object beside its content; headers of the same names give it back. */
export interface Described {
  ContentType?: string | undefined
  ServerSideEncryption?: string | undefined
  SSEKMSKeyId?: string | undefined
}

export interface StoredObject extends Content, Described {}

export interface Upload extends Described {
  id: string
  key: string
  algorithm: Algorithm | undefined
  checksumType: Checksum['type']
  initiated: number
  /** By number, as JSON keeps keys. */
  parts: Record<string, Content>
}

export interface Bucket {
  name: string
  region: string
  created: number
  objects: Record<string, StoredObject>
  /** By id. */
  uploads: Record<string, Upload>
}

/** What S3's operations work with. */
export interface S3Context {
  /** By name. */
  buckets: Map<string, Bucket>
  blobs: Blobs
  /** Changes go one after the other: a content that one brings is not dropped by another. */
  alone<Answer>(change: () => Promise<Answer>): Promise<Answer>
  clock: () => number
}

/** What each request says of its bucket. */
export interface BucketRequest {
  Bucket: string | undefined
  ExpectedBucketOwner?: string | undefined
}

/** @throws ServiceError 404, 403 for another account's, 301 for one in another Region */
export function requireBucket(
  { buckets }: S3Context,
  { account, region }: Call,
  input: BucketRequest,
): Bucket {
  const bucket = buckets.get(input.Bucket ?? '')
  if (!bucket) throw noSuchBucket(input.Bucket ?? '')
  if (input.ExpectedBucketOwner !== undefined && input.ExpectedBucketOwner !== account) {
    throw new ServiceError('AccessDenied', 403, 'Access Denied')
  }
  if (bucket.region !== region) {
    const message =
      'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.'
    throw new ServiceError('PermanentRedirect', 301, message, { Bucket: bucket.name, Region: bucket.region })
  }
  return bucket
}

/** @throws ServiceError 404 */
export function requireUpload(bucket: Bucket, key: string | undefined, id: string | undefined): Upload {
  const upload = Object.hasOwn(bucket.uploads, id ?? '') ? bucket.uploads[id ?? ''] : undefined
  if (!upload || upload.key !== key) throw noSuchUpload()
  return upload
}

/** Drops contents that nothing holds any more. */
export async function dropUnused({ buckets, blobs }: S3Context, contents: readonly Content[]): Promise<void> {
  const held = new Set<string>()
  for (const { objects, uploads } of buckets.values()) {
    for (const { digest } of Object.values(objects)) held.add(digest)
    for (const { parts } of Object.values(uploads)) {
      for (const { digest } of Object.values(parts)) held.add(digest)
    }
  }
  for (const { digest } of contents) if (!held.has(digest)) await blobs.drop(digest)
}

/** S3's state without the contents, which stay on disk. */
export function s3Persistent({ buckets }: S3Context): Persistent {
  return {
    key: 's3',
    snapshot: () => [...buckets.values()],
    restore(state) {
      for (const bucket of state as Bucket[]) buckets.set(bucket.name, bucket)
    },
  }
}
