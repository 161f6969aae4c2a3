import type { Call } from '../protocol/service.ts'
import { ServiceError } from '../protocol/service-error.ts'
import type { KeptMap } from '../state/kept-map.ts'
import type { Blobs } from './blobs.ts'
import type { Algorithm, Checksum } from './checksums.ts'
import { noSuchBucket, noSuchUpload } from './errors.ts'

/** Stored bytes. */
export interface Content {
  /** The name of the blob. */
  digest: string
  size: number
  /** With quotes, as S3 returns it. */
  etag: string
  checksum: Checksum | undefined
  /** Milliseconds since the epoch. */
  modified: number
}

/** The facts about an object that a client sent beside its content; headers of the same names return them. */
interface Described {
  ContentType?: string | undefined
  ServerSideEncryption?: string | undefined
  SSEKMSKeyId?: string | undefined
}

export interface StoredObject extends Content, Described {}

export interface Upload extends Described {
  id: string
  bucket: string
  key: string
  algorithm: Algorithm | undefined
  checksumType: Checksum['type']
  initiated: number
}

export interface Bucket {
  name: string
  region: string
  created: number
}

/** The dependencies of S3's operations. */
export interface S3Context {
  /** By name. */
  buckets: KeptMap<Bucket>
  /** By bucket and key, joined by `objectKey`. */
  objects: KeptMap<StoredObject>
  /** By id. */
  uploads: KeptMap<Upload>
  /** By upload and number, joined by `partKey`. */
  parts: KeptMap<Content>
  blobs: Blobs
  /** Removes contents that nothing refers to, after that is on disk. */
  forget(contents: readonly Content[]): void
  /** Runs changes one after the other, so that no change removes the content of another. */
  alone<Answer>(change: () => Promise<Answer>): Promise<Answer>
  clock: () => number
}

/** The members of each request that name the bucket. */
export interface BucketRequest {
  Bucket: string | undefined
  ExpectedBucketOwner?: string | undefined
}

/** @throws ServiceError 404, 403 for another account's bucket, 301 for one in another Region */
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
export function requireUpload(
  { uploads }: S3Context,
  bucket: Bucket,
  key: string | undefined,
  id: string | undefined,
): Upload {
  const upload = uploads.get(id ?? '')
  if (!upload || upload.bucket !== bucket.name || upload.key !== key) throw noSuchUpload()
  return upload
}

/** The separator is a slash, which no bucket name has. */
export function objectKey(bucket: Bucket, key: string): string {
  return `${bucket.name}/${key}`
}

export function partKey({ id }: Upload, part: number): string {
  return `${id}/${part}`
}

/** The parts of an upload by number, unsorted. */
export function partsOf({ parts }: S3Context, { id }: Upload): Map<number, Content> {
  const start = `${id}/`
  const own = [...parts].filter(([key]) => key.startsWith(start))
  return new Map(own.map(([key, part]) => [Number(key.slice(start.length)), part]))
}

/** Ends an upload and removes its parts. */
export function removeUpload(context: S3Context, upload: Upload): void {
  context.uploads.delete(upload.id)
  for (const [part, content] of partsOf(context, upload)) {
    context.parts.delete(partKey(upload, part))
    context.forget([content])
  }
}

/** Returns the digests of all contents of objects and parts. */
export function heldDigests({ objects, parts }: Pick<S3Context, 'objects' | 'parts'>): Set<string> {
  return new Set([...objects.values(), ...parts.values()].map(({ digest }) => digest))
}
