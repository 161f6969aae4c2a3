import { createHash } from 'node:crypto'
import type {
  DeleteObjectRequest,
  GetObjectOutput,
  GetObjectRequest,
  HeadObjectOutput,
  HeadObjectRequest,
  PutObjectOutput,
  PutObjectRequest,
} from '@aws-sdk/client-s3'
import type { Call, Operations } from '../protocol/service.ts'
import { asMember, checkedBody } from './checksums.ts'
import { noSuchKey, notImplemented } from './errors.ts'
import { type Bucket, objectKey, requireBucket, type S3Context, type StoredObject } from './store.ts'

/** A request with its whole body. */
export type WithBody<Request> = Omit<Request, 'Body'> & { Body?: Uint8Array | undefined }

export function objectOperations(context: S3Context): Operations {
  return {
    PutObject: (input: WithBody<PutObjectRequest>, call) =>
      context.alone(() => putObject(context, input, call)),
    HeadObject: (input: HeadObjectRequest, call) => describe(requireObject(context, call, input), input),
    GetObject: (input: GetObjectRequest, call) => getObject(context, input, call),
    DeleteObject: (input: DeleteObjectRequest, call) =>
      context.alone(() => deleteObject(context, input, call)),
  }
}

async function putObject(
  context: S3Context,
  input: WithBody<PutObjectRequest>,
  call: Call,
): Promise<PutObjectOutput> {
  const bucket = requireBucket(context, call, input)
  const body = input.Body ?? new Uint8Array()
  const checksum = checkedBody(body, input)
  const etag = `"${createHash('md5').update(body).digest('hex')}"`
  const digest = await context.blobs.put(body)
  const { ContentType, ServerSideEncryption, SSEKMSKeyId } = input
  const content = { digest, size: body.byteLength, etag, checksum, modified: context.clock() }
  store(context, bucket, input.Key ?? '', { ...content, ContentType, ServerSideEncryption, SSEKMSKeyId })
  return { ETag: etag, ...asMember(checksum), ...encryptionOf(input), ...typeOf(checksum) }
}

/** Stores an object and removes the one that it replaces. */
export function store(context: S3Context, bucket: Bucket, key: string, object: StoredObject): void {
  const place = objectKey(bucket, key)
  const replaced = context.objects.get(place)
  context.objects.set(place, object)
  if (replaced) context.forget([replaced])
}

async function getObject(context: S3Context, input: GetObjectRequest, call: Call): Promise<object> {
  if (input.Range !== undefined) throw notImplemented('ranges')
  const object = requireObject(context, call, input)
  const body = await context.blobs.get(object.digest)
  const output: Omit<GetObjectOutput, 'Body'> = describe(object, input)
  return { ...output, Body: body }
}

async function deleteObject(context: S3Context, input: DeleteObjectRequest, call: Call): Promise<object> {
  const place = objectKey(requireBucket(context, call, input), input.Key ?? '')
  const object = context.objects.get(place)
  context.objects.delete(place)
  if (object) context.forget([object])
  return {}
}

/** @throws ServiceError 404 */
export function requireObject(
  context: S3Context,
  call: Call,
  input: Pick<GetObjectRequest, 'Bucket' | 'Key' | 'VersionId' | 'ExpectedBucketOwner'>,
): StoredObject {
  const key = input.Key ?? ''
  const object = context.objects.get(objectKey(requireBucket(context, call, input), key))
  if (!object) throw noSuchKey(key)
  if (input.VersionId !== undefined && input.VersionId !== 'null') throw notImplemented('versions of objects')
  return object
}

function describe(object: StoredObject, { ChecksumMode }: HeadObjectRequest): HeadObjectOutput {
  const { size, etag, modified, checksum } = object
  return {
    AcceptRanges: 'none',
    ContentLength: size,
    ContentType: object.ContentType ?? 'binary/octet-stream',
    ETag: etag,
    LastModified: new Date(modified),
    ...encryptionOf(object),
    ...(ChecksumMode === 'ENABLED' ? { ...asMember(checksum), ...typeOf(checksum) } : {}),
  }
}

function typeOf(checksum: StoredObject['checksum']): Pick<HeadObjectOutput, 'ChecksumType'> {
  return checksum ? { ChecksumType: checksum.type } : {}
}

type Encryption = Pick<HeadObjectOutput, 'ServerSideEncryption' | 'SSEKMSKeyId'>

function encryptionOf({
  ServerSideEncryption,
  SSEKMSKeyId,
}: Pick<StoredObject, keyof Encryption>): Encryption {
  return {
    ServerSideEncryption: (ServerSideEncryption ?? 'AES256') as 'AES256',
    ...(SSEKMSKeyId === undefined ? {} : { SSEKMSKeyId }),
  }
}
