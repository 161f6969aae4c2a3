import type {
  UploadPartCopyOutput,
  UploadPartCopyRequest,
  UploadPartOutput,
  UploadPartRequest,
} from '@aws-sdk/client-s3'
import { accepting } from '../../protocol/accepting.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import { sourceOf } from '../objects/copy-object.ts'
import { encryptionOf } from '../objects/described.ts'
import { streamOf, type WithBody } from '../objects/put-object.ts'
import { spanOf } from '../objects/ranges.ts'
import type { Staged } from '../storage/blobs.ts'
import {
  asMember,
  type Checksum,
  type Claims,
  checkedBody,
  checksumMembers,
  chosenAlgorithm,
  defaultAlgorithm,
} from '../storage/checksums.ts'
import { invalidArgument } from '../storage/errors.ts'
import {
  type Content,
  partKey,
  requireBucket,
  requireUpload,
  type S3Context,
  type Upload,
} from '../storage/store.ts'
import { wholeSeconds } from '../storage/whole-seconds.ts'

/** S3's highest part number. */
const highestPart = 10_000

export function partOperations(context: S3Context): Operations {
  return {
    UploadPart: accepting<WithBody<UploadPartRequest>>(
      [
        'Bucket',
        'Key',
        'UploadId',
        'PartNumber',
        'Body',
        'ContentLength',
        'ContentMD5',
        'ChecksumAlgorithm',
        ...checksumMembers,
        'RequestPayer',
        'ExpectedBucketOwner',
      ],
      (input, call) => uploadPart(context, input, call),
    ),
    UploadPartCopy: accepting<UploadPartCopyRequest>(
      [
        'Bucket',
        'Key',
        'UploadId',
        'PartNumber',
        'CopySource',
        'CopySourceRange',
        'CopySourceIfMatch',
        'CopySourceIfNoneMatch',
        'CopySourceIfModifiedSince',
        'CopySourceIfUnmodifiedSince',
        'RequestPayer',
        'ExpectedBucketOwner',
        'ExpectedSourceBucketOwner',
      ],
      (input, call) => uploadPartCopy(context, input, call),
    ),
  }
}

type PartRequest = Pick<
  UploadPartRequest,
  'Bucket' | 'Key' | 'UploadId' | 'PartNumber' | 'ExpectedBucketOwner'
>

/** @throws ServiceError */
function requirePart(context: S3Context, input: PartRequest, call: Call) {
  const bucket = requireBucket(context, call, input)
  const upload = requireUpload(context, bucket, input.Key, input.UploadId)
  const { PartNumber: number = 0 } = input
  if (number < 1 || number > highestPart) {
    const message = `Part number must be an integer between 1 and ${highestPart}, inclusive`
    throw invalidArgument(message, 'partNumber', number)
  }
  return { upload, number }
}

async function uploadPart(
  context: S3Context,
  input: WithBody<UploadPartRequest>,
  call: Call,
): Promise<UploadPartOutput> {
  const { upload, number } = requirePart(context, input, call)
  const algorithm = upload.algorithm ?? chosenAlgorithm(input, defaultAlgorithm)
  const staged = await context.blobs.stage(streamOf(input), [algorithm])
  const checked = (claims: Claims) => checkedBody(staged, claims, algorithm)
  const part = await keep(context, { upload, number, input, call }, staged, () => checked(input))
  return { ETag: part.etag, ...asMember(part.checksum), ...encryptionOf(upload) }
}

async function uploadPartCopy(
  context: S3Context,
  input: UploadPartCopyRequest,
  call: Call,
): Promise<UploadPartCopyOutput> {
  const { upload, number } = requirePart(context, input, call)
  const { object } = sourceOf(context, input, call)
  const algorithm = upload.algorithm ?? defaultAlgorithm
  const { CopySourceRange: range } = input
  if (range !== undefined && !/^bytes=\d+-\d+$/.test(range)) {
    const message =
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy'
    throw invalidArgument(message, 'x-amz-copy-source-range', range)
  }
  const span = range === undefined ? undefined : spanOf(range, object.size)
  const staged = await context.blobs.stage(await context.blobs.read(object.digest, span), [algorithm])
  const part = await keep(context, { upload, number, input, call }, staged, () =>
    checkedBody(staged, {}, algorithm),
  )
  return {
    CopyPartResult: {
      ETag: part.etag,
      LastModified: wholeSeconds(part.modified),
      ...asMember(part.checksum),
    },
    ...encryptionOf(upload),
  }
}

interface Target {
  upload: Upload
  number: number
  input: PartRequest
  call: Call
}

/** Makes a staged content a part, in place of an earlier one of its number. */
async function keep(
  context: S3Context,
  { upload, number, input, call }: Target,
  staged: Staged,
  check: () => Checksum,
): Promise<Content> {
  try {
    const checksum = check()
    return await context.alone(async () => {
      // The upload may have ended while its part came.
      requirePart(context, input, call)
      await staged.keep()
      const place = partKey(upload, number)
      const replaced = context.parts.get(place)
      const { digest, size, md5 } = staged
      const part = { digest, size, etag: `"${md5}"`, checksum, modified: context.clock() }
      context.parts.set(place, part)
      if (replaced) context.forget([replaced])
      return part
    })
  } finally {
    await staged.discard()
  }
}
