import { randomUUID } from 'node:crypto'
import type {
  AbortMultipartUploadRequest,
  CreateMultipartUploadOutput,
  CreateMultipartUploadRequest,
} from '@aws-sdk/client-s3'
import { accepting } from '../../protocol/accepting.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import { checkKey, describedIn, describing, encryptionOf } from '../objects/described.ts'
import { type Algorithm, algorithmOf, type Checksum } from '../storage/checksums.ts'
import { invalidArgument, refused } from '../storage/errors.ts'
import { removeUpload, requireBucket, requireUpload, type S3Context } from '../storage/store.ts'

export function uploadOperations(context: S3Context): Operations {
  return {
    CreateMultipartUpload: accepting<CreateMultipartUploadRequest>(
      [
        'Bucket',
        'Key',
        ...describing,
        'ChecksumAlgorithm',
        'ChecksumType',
        'RequestPayer',
        'ExpectedBucketOwner',
      ],
      (input, call) => begin(context, input, call),
    ),
    AbortMultipartUpload: accepting<AbortMultipartUploadRequest>(
      ['Bucket', 'Key', 'UploadId', 'RequestPayer', 'ExpectedBucketOwner'],
      (input, call) =>
        context.alone(async () => {
          const bucket = requireBucket(context, call, input)
          removeUpload(context, requireUpload(context, bucket, input.Key, input.UploadId))
          return {}
        }),
    ),
  }
}

function begin(
  context: S3Context,
  input: CreateMultipartUploadRequest,
  call: Call,
): CreateMultipartUploadOutput {
  const bucket = requireBucket(context, call, input)
  const { Key: key = '' } = input
  checkKey(key)
  const described = describedIn(input)
  const algorithm = algorithmOf(input.ChecksumAlgorithm)
  const checksumType = checksumTypeOf(algorithm, input.ChecksumType)
  const id = randomUUID()
  const initiated = context.clock()
  const upload = { id, bucket: bucket.name, key, algorithm, checksumType, initiated, ...described }
  context.uploads.set(id, upload)
  return {
    Bucket: bucket.name,
    Key: key,
    UploadId: id,
    ...encryptionOf(upload),
    ...(algorithm ? { ChecksumAlgorithm: algorithm, ChecksumType: checksumType } : {}),
  }
}

/** How the checksum of the object comes from those of its parts. @throws ServiceError 400 */
function checksumTypeOf(algorithm: Algorithm | undefined, asked: string | undefined): Checksum['type'] {
  if (algorithm === undefined) {
    if (asked === undefined) return 'FULL_OBJECT'
    throw refused(
      'InvalidRequest',
      'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
    )
  }
  if (asked === undefined) return algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE'
  if (asked !== 'FULL_OBJECT' && asked !== 'COMPOSITE') {
    throw invalidArgument('Value for x-amz-checksum-type header is invalid.', 'x-amz-checksum-type', asked)
  }
  const isImpossible = asked === 'FULL_OBJECT' ? algorithm.startsWith('SHA') : algorithm === 'CRC64NVME'
  if (!isImpossible) return asked
  throw refused(
    'InvalidRequest',
    `The ${asked} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
  )
}
