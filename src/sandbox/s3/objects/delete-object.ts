import type {
  DeletedObject,
  DeleteObjectOutput,
  DeleteObjectRequest,
  DeleteObjectsOutput,
  DeleteObjectsRequest,
  ObjectIdentifier,
} from '@aws-sdk/client-s3'
import { accepting } from '../../protocol/accepting.ts'
import { malformedXml } from '../../protocol/rest-xml.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import { preconditionFailed } from '../storage/errors.ts'
import {
  type Bucket,
  isMarker,
  objectKey,
  requireBucket,
  type S3Context,
  type Version,
} from '../storage/store.ts'
import {
  checkVersionId,
  currentOf,
  noSuchVersion,
  putVersion,
  removeVersion,
  versionMember,
  versionsOf,
} from '../storage/versions.ts'

/** S3's limit for the keys of one request. */
const mostKeys = 1000

export function deleteObjectOperations(context: S3Context): Operations {
  return {
    DeleteObject: accepting<DeleteObjectRequest>(
      ['Bucket', 'Key', 'VersionId', 'IfMatch', 'RequestPayer', 'ExpectedBucketOwner'],
      (input, call) =>
        context.alone(async () => {
          const bucket = requireBucket(context, call, input)
          return await deleteOne(context, bucket, { ...input, ETag: input.IfMatch }, call)
        }),
    ),
    DeleteObjects: accepting<DeleteObjectsRequest>(
      ['Bucket', 'Delete', 'ChecksumAlgorithm', 'RequestPayer', 'ExpectedBucketOwner'],
      (input, call) => context.alone(() => deleteMany(context, input, call)),
    ),
  }
}

type Named = Pick<ObjectIdentifier, 'VersionId' | 'ETag'> & { Key?: string | undefined }

/** @throws ServiceError 412 for an object of another content */
async function deleteOne(
  context: S3Context,
  bucket: Bucket,
  { Key: key = '', VersionId, ETag }: Named,
  by: Call,
): Promise<DeleteObjectOutput> {
  const current = currentOf(context, bucket, key)
  if (ETag !== undefined && ETag !== '*' && current?.etag.replaceAll('"', '') !== ETag.replaceAll('"', '')) {
    throw preconditionFailed('If-Match')
  }
  if (ETag === '*' && !current) throw preconditionFailed('If-Match')
  if (VersionId !== undefined) {
    checkVersionId(bucket, VersionId)
    const removed = removeVersion(context, bucket, key, VersionId)
    if (removed)
      await context.notify(bucket, { name: 'ObjectRemoved:Delete', key, version: idOf(removed), by })
    return { VersionId, ...(removed && isMarker(removed) ? { DeleteMarker: true } : {}) }
  }
  if (bucket.versioning === undefined) {
    const removed = removeVersion(context, bucket, key)
    if (removed) await context.notify(bucket, { name: 'ObjectRemoved:Delete', key, version: {}, by })
    return {}
  }
  const marker = putVersion(context, bucket, key, { isMarker: true as const, modified: context.clock() })
  await context.notify(bucket, {
    name: 'ObjectRemoved:DeleteMarkerCreated',
    key,
    version: { ...idOf(marker), etag: emptyEtag },
    by,
  })
  return { DeleteMarker: true, ...versionMember(bucket, marker) }
}

/** The MD5 of nothing, which S3 tells for a delete marker. */
const emptyEtag = 'd41d8cd98f00b204e9800998ecf8427e'

function idOf({ versionId }: Version): Pick<Version, 'versionId'> {
  return versionId === undefined ? {} : { versionId }
}

async function deleteMany(
  context: S3Context,
  input: DeleteObjectsRequest,
  call: Call,
): Promise<DeleteObjectsOutput> {
  const bucket = requireBucket(context, call, input)
  const { Objects = [], Quiet } = input.Delete ?? {}
  if (Objects.length === 0 || Objects.length > mostKeys) throw malformedXml()
  const output = { Deleted: [] as DeletedObject[], Errors: [] as DeleteObjectsOutput['Errors'] & object[] }
  for (const named of Objects) {
    const { Key, VersionId } = named
    try {
      if (VersionId !== undefined) requireNamed(context, bucket, Key ?? '', VersionId)
      const { DeleteMarker, VersionId: id } = await deleteOne(context, bucket, named, call)
      const marker = DeleteMarker ? { DeleteMarker, DeleteMarkerVersionId: id } : {}
      output.Deleted.push({ Key, ...(VersionId === undefined ? {} : { VersionId }), ...marker })
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      output.Errors.push({ Key, VersionId, Code: error.code, Message: error.message })
    }
  }
  return { ...(Quiet ? {} : { Deleted: output.Deleted }), Errors: output.Errors }
}

/** Unlike a single delete, one of many fails for a version that is not there. @throws ServiceError 404 */
function requireNamed(context: S3Context, bucket: Bucket, key: string, id: string): void {
  const versions = versionsOf(context, objectKey(bucket, key))
  if (id !== 'null' && !versions.some(({ versionId }) => versionId === id)) throw noSuchVersion(key, id)
}

/** Tells whether a bucket has any object, version or delete marker. */
export function isEmpty({ objects }: S3Context, bucket: Bucket): boolean {
  const start = objectKey(bucket, '')
  for (const place of objects.keys()) if (place.startsWith(start)) return false
  return true
}
