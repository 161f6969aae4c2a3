import type { Call } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import type { KeptMap } from '../../state/kept-map.ts'
import type { Blobs } from './blobs.ts'
import type { Algorithm, Checksum } from './checksums.ts'
import { noSuchBucket, noSuchUpload } from './errors.ts'
import type { Lifecycle } from './lifecycle.ts'
import type { Notifications, ObjectEvent } from './notifications.ts'

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
export interface Described {
  ContentType?: string | undefined
  CacheControl?: string | undefined
  ContentDisposition?: string | undefined
  ContentEncoding?: string | undefined
  ContentLanguage?: string | undefined
  WebsiteRedirectLocation?: string | undefined
  StorageClass?: string | undefined
  ServerSideEncryption?: string | undefined
  SSEKMSKeyId?: string | undefined
  BucketKeyEnabled?: boolean | undefined
  /** Milliseconds since the epoch. */
  expires?: number | undefined
  metadata?: Readonly<Record<string, string>> | undefined
  tags?: Readonly<Record<string, string>> | undefined
}

export interface StoredObject extends Content, Described {
  /** Undefined for the version `null`: one from a time when its bucket kept no versions. */
  versionId?: string | undefined
  /** The parts of a multipart upload, in order. */
  parts?: readonly StoredPart[] | undefined
}

interface StoredPart {
  number: number
  size: number
  checksum: Checksum | undefined
}

/** The version that a delete leaves in a bucket with versions. */
export interface DeleteMarker {
  isMarker: true
  versionId?: string | undefined
  modified: number
}

export type Version = StoredObject | DeleteMarker

export interface Upload extends Described {
  id: string
  bucket: string
  key: string
  algorithm: Algorithm | undefined
  checksumType: Checksum['type']
  initiated: number
}

/** A completed upload: a client whose answer was lost asks again. */
interface CompletedUpload {
  bucket: string
  key: string
  answer: object
}

export interface Bucket {
  name: string
  region: string
  created: number
  /** Undefined if it never kept versions. */
  versioning?: 'Enabled' | 'Suspended' | undefined
  tags?: Readonly<Record<string, string>> | undefined
  notifications?: Notifications | undefined
  lifecycle?: Lifecycle | undefined
}

/** The dependencies of S3's operations. */
export interface S3Context {
  /** By name. */
  buckets: KeptMap<Bucket>
  /** The current version, by bucket and key, joined by `objectKey`. */
  objects: KeptMap<Version>
  /** The earlier versions, by the same key, the newest first. */
  earlier: KeptMap<Version[]>
  /** By id. */
  uploads: KeptMap<Upload>
  /** By id. */
  completed: KeptMap<CompletedUpload>
  /** By upload and number, joined by `partKey`. */
  parts: KeptMap<Content>
  blobs: Blobs
  /** Removes contents that nothing refers to, after that is on disk. */
  forget(contents: readonly Content[]): void
  /** Runs changes one after the other, so that no change removes the content of another. */
  alone<Answer>(change: () => Promise<Answer>): Promise<Answer>
  clock: () => number
  /** Tells the destinations of a bucket about an object; the answer to the client waits until they have it. */
  notify(bucket: Bucket, event: ObjectEvent): Promise<void>
}

/** The members of each request that name the bucket. */
export interface BucketRequest {
  Bucket: string | undefined
  ExpectedBucketOwner?: string | undefined
}

/** @throws ServiceError 404, or 403 for another account's bucket */
export function findBucket({ buckets }: S3Context, { account }: Call, input: BucketRequest): Bucket {
  const bucket = buckets.get(input.Bucket ?? '')
  if (!bucket) throw noSuchBucket(input.Bucket ?? '')
  if (input.ExpectedBucketOwner !== undefined && input.ExpectedBucketOwner !== account) {
    throw new ServiceError('AccessDenied', 403, 'Access Denied')
  }
  return bucket
}

/** @throws ServiceError 404, 403 for another account's bucket, 301 for one in another Region */
export function requireBucket(context: S3Context, call: Call, input: BucketRequest): Bucket {
  const bucket = findBucket(context, call, input)
  // A link that was signed in the older way names no Region.
  if (call.region !== '' && bucket.region !== call.region) {
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
  if (!upload || upload.bucket !== bucket.name || upload.key !== key) throw noSuchUpload(id ?? '')
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

/** Returns the digests of all contents of objects, their earlier versions and parts. */
export function heldDigests({
  objects,
  earlier,
  parts,
}: Pick<S3Context, 'objects' | 'earlier' | 'parts'>): Set<string> {
  const held = new Set<string>()
  for (const version of objects.values()) if (!isMarker(version)) held.add(version.digest)
  for (const versions of earlier.values()) {
    for (const version of versions) if (!isMarker(version)) held.add(version.digest)
  }
  for (const { digest } of parts.values()) held.add(digest)
  return held
}

export function isMarker(version: Version): version is DeleteMarker {
  return 'isMarker' in version
}
