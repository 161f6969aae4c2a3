import type {
  GetObjectOutput,
  GetObjectRequest,
  HeadObjectOutput,
  HeadObjectRequest,
} from '@aws-sdk/client-s3'
import { accepting } from '../../protocol/accepting.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import { asMembers } from '../storage/checksums.ts'
import { requireBucket, type S3Context, type StoredObject } from '../storage/store.ts'
import { requireContent, requireObject, versionMember } from '../storage/versions.ts'
import { wholeSeconds } from '../storage/whole-seconds.ts'
import { checkRead } from './conditions.ts'
import { descriptionOf } from './described.ts'
import { type Selection, selectionOf } from './ranges.ts'

const members = [
  'Bucket',
  'Key',
  'VersionId',
  'Range',
  'PartNumber',
  'ChecksumMode',
  'IfMatch',
  'IfNoneMatch',
  'IfModifiedSince',
  'IfUnmodifiedSince',
  'ResponseCacheControl',
  'ResponseContentDisposition',
  'ResponseContentEncoding',
  'ResponseContentLanguage',
  'ResponseContentType',
  'ResponseExpires',
  'RequestPayer',
  'ExpectedBucketOwner',
] as const

export function readObjectOperations(context: S3Context): Operations {
  return {
    HeadObject: accepting<HeadObjectRequest>(
      [...members],
      (input, call) => find(context, input, call).answer,
    ),
    GetObject: accepting<GetObjectRequest>([...members], async (input, call) => {
      const { object, selection, answer } = find(context, input, call)
      requireContent(object, "The operation is not valid for the object's storage class")
      const Body =
        answer.ContentLength === 0 ? new Uint8Array() : await context.blobs.read(object.digest, selection)
      return { ...answer, Body }
    }),
  }
}

function find(context: S3Context, input: GetObjectRequest, call: Call) {
  const object = requireObject(context, call, input)
  checkRead(input, object)
  const selection = selectionOf(input, object)
  const answer: Omit<GetObjectOutput, 'Body'> = {
    ...facts(object, input, selection),
    ...versionMember(requireBucket(context, call, input), object),
    ...overrides(input),
  }
  return { object, selection, answer }
}

function facts(
  object: StoredObject,
  { ChecksumMode }: GetObjectRequest,
  selection: Selection | undefined,
): HeadObjectOutput {
  const { size, etag, modified, checksum } = object
  const { ContentRange, ContentLength = size, PartsCount } = selection ?? {}
  // A checksum of everything says nothing about a part.
  const isWhole = selection === undefined || checksum?.type === 'COMPOSITE' || ContentLength === size
  return {
    AcceptRanges: 'bytes',
    ContentLength,
    ETag: etag,
    LastModified: wholeSeconds(modified),
    ...descriptionOf(object),
    ...(ContentRange !== undefined && { ContentRange }),
    ...(PartsCount !== undefined && { PartsCount }),
    ...(ChecksumMode === 'ENABLED' && isWhole ? asMembers(checksum) : {}),
  }
}

/** The headers that a link asks for. */
function overrides(input: GetObjectRequest): Partial<HeadObjectOutput> {
  const { ResponseExpires } = input
  const asked = {
    CacheControl: input.ResponseCacheControl,
    ContentDisposition: input.ResponseContentDisposition,
    ContentEncoding: input.ResponseContentEncoding,
    ContentLanguage: input.ResponseContentLanguage,
    ContentType: input.ResponseContentType,
    Expires: ResponseExpires,
  }
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))
}
