import type { CopyObjectOutput, CopyObjectRequest } from '@aws-sdk/client-s3'
import { accepting } from '../../protocol/accepting.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import { measured } from '../storage/blobs.ts'
import { type Algorithm, algorithmOf, asMembers, defaultAlgorithm } from '../storage/checksums.ts'
import { invalidArgument, refused } from '../storage/errors.ts'
import { type Described, requireBucket, type S3Context, type StoredObject } from '../storage/store.ts'
import { newVersionMember, requireContent, requireObject, versionMember } from '../storage/versions.ts'
import { wholeSeconds } from '../storage/whole-seconds.ts'
import { checkSource } from './conditions.ts'
import { checkKey, describedIn, describing, encryptionOf } from './described.ts'
import { store } from './put-object.ts'

/** S3's limit for one copy, bytes. */
const largestCopy = 5_368_709_120

export function copyObjectOperation(context: S3Context): Operations {
  return {
    CopyObject: accepting<CopyObjectRequest>(
      [
        'Bucket',
        'Key',
        'CopySource',
        'CopySourceIfMatch',
        'CopySourceIfNoneMatch',
        'CopySourceIfModifiedSince',
        'CopySourceIfUnmodifiedSince',
        'MetadataDirective',
        'TaggingDirective',
        'ChecksumAlgorithm',
        ...describing,
        'IfMatch',
        'IfNoneMatch',
        'RequestPayer',
        'ExpectedBucketOwner',
        'ExpectedSourceBucketOwner',
      ],
      // The source's content must not go before the copy refers to it.
      (input, call) => context.alone(() => copyObject(context, input, call)),
    ),
  }
}

type SourceRequest = Pick<
  CopyObjectRequest,
  | 'CopySource'
  | 'CopySourceIfMatch'
  | 'CopySourceIfNoneMatch'
  | 'CopySourceIfModifiedSince'
  | 'CopySourceIfUnmodifiedSince'
  | 'ExpectedSourceBucketOwner'
>

/** The source of a copy. @throws ServiceError 400, 404 or 412 */
export function sourceOf(context: S3Context, input: SourceRequest, call: Call) {
  const { CopySource = '' } = input
  const [, Bucket, path, VersionId] = /^\/?([^/]+)\/(.+?)(?:\?versionId=(.*))?$/s.exec(CopySource) ?? []
  const Key = decoded(path ?? '')
  if (Bucket === undefined || Key === undefined) {
    const message = 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey'
    throw invalidArgument(message, 'x-amz-copy-source', CopySource)
  }
  const place = { Bucket, Key, VersionId, ExpectedBucketOwner: input.ExpectedSourceBucketOwner }
  // Copies between Regions are S3's own work, so the source may be in any.
  const object = requireObject(context, { ...call, region: '' }, place)
  requireContent(object, "Operation is not valid for the source object's storage class")
  const conditions = {
    IfMatch: input.CopySourceIfMatch,
    IfNoneMatch: input.CopySourceIfNoneMatch,
    IfModifiedSince: input.CopySourceIfModifiedSince,
    IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
  }
  checkSource(conditions, object, context.clock())
  return { object, place }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text) || undefined
  } catch {
    return undefined
  }
}

async function copyObject(
  context: S3Context,
  input: CopyObjectRequest,
  call: Call,
): Promise<CopyObjectOutput> {
  const bucket = requireBucket(context, call, input)
  const { Key: key = '' } = input
  checkKey(key)
  const { object: source, place } = sourceOf(context, input, call)
  if (source.size > largestCopy) {
    throw refused(
      'InvalidRequest',
      'The specified copy source is larger than the maximum allowable size for a copy source: 5368709120',
    )
  }
  const described = describedCopy(input, source)
  if (place.Bucket === bucket.name && place.Key === key && place.VersionId === undefined) requireChange(input)
  const content = await copiedContent(context, source, algorithmOf(input.ChecksumAlgorithm))
  const stored = await store(context, { bucket, key, conditions: input }, { ...described, ...content })
  await context.notify(bucket, { name: 'ObjectCreated:Copy', key, version: stored, by: call })
  const sourceBucket = context.buckets.get(place.Bucket)
  const sourceVersion = sourceBucket && versionMember(sourceBucket, source).VersionId
  return {
    CopyObjectResult: {
      ETag: stored.etag,
      LastModified: wholeSeconds(stored.modified),
      ...asMembers(stored.checksum),
    },
    ...encryptionOf(stored),
    ...newVersionMember(stored),
    ...(sourceVersion !== undefined && { CopySourceVersionId: sourceVersion }),
  }
}

/** The description of a copy: the source's, or the request's where a directive says so. */
function describedCopy(input: CopyObjectRequest, source: StoredObject): Described {
  const asked = describedIn(input)
  const { StorageClass, ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled } = asked
  // A copy never takes over these.
  const own = { StorageClass, ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled }
  const tags = directiveOf(input.TaggingDirective, 'tagging') ? asked.tags : source.tags
  if (directiveOf(input.MetadataDirective, 'metadata')) return { ...asked, ...own, tags }
  const { digest, size, etag, checksum, modified, versionId, parts, ...described } = source
  return { ...described, WebsiteRedirectLocation: asked.WebsiteRedirectLocation, ...own, tags }
}

/** @returns whether the request's own values replace the source's */
function directiveOf(directive: string | undefined, what: string): boolean {
  if (directive === undefined || directive === 'COPY') return false
  if (directive === 'REPLACE') return true
  throw invalidArgument(`Unknown ${what} directive.`, `x-amz-${what}-directive`, directive)
}

function requireChange(input: CopyObjectRequest): void {
  const { MetadataDirective, StorageClass, ServerSideEncryption, WebsiteRedirectLocation } = input
  if (MetadataDirective === 'REPLACE' || StorageClass || ServerSideEncryption || WebsiteRedirectLocation)
    return
  throw refused(
    'InvalidRequest',
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  )
}

/** A copy is one piece, even if its source was uploaded in parts. */
async function copiedContent(context: S3Context, source: StoredObject, asked: Algorithm | undefined) {
  const { digest, size, etag, checksum } = source
  const algorithm = asked ?? checksum?.algorithm ?? defaultAlgorithm
  const isOnePiece =
    checksum?.type === 'FULL_OBJECT' && checksum.algorithm === algorithm && !etag.includes('-')
  if (isOnePiece) return { digest, size, etag, checksum }
  const { md5, checksums } = await measured(await context.blobs.read(digest), [algorithm])
  const value = checksums.get(algorithm) ?? ''
  return { digest, size, etag: `"${md5}"`, checksum: { algorithm, value, type: 'FULL_OBJECT' as const } }
}
