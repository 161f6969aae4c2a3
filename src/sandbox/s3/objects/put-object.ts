import { Readable } from 'node:stream'
import type { PutObjectOutput, PutObjectRequest } from '@aws-sdk/client-s3'
import { accepting } from '../../protocol/accepting.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import type { BodyContent } from '../../protocol/wire.ts'
import {
  asMembers,
  checkedBody,
  checksumMembers,
  chosenAlgorithm,
  defaultAlgorithm,
} from '../storage/checksums.ts'
import { type Bucket, requireBucket, type S3Context, type StoredObject } from '../storage/store.ts'
import { currentOf, newVersionMember, putVersion } from '../storage/versions.ts'
import { checkWrite, type WriteConditions } from './conditions.ts'
import { checkKey, describedIn, describing, encryptionOf } from './described.ts'

/** A request with its whole body. */
export type WithBody<Request> = Omit<Request, 'Body'> & { Body?: BodyContent | undefined }

/** The bytes of a request's body; none if it has no body. */
export function streamOf({ Body }: { Body?: BodyContent | undefined }): AsyncIterable<Uint8Array> {
  return Body?.stream() ?? Readable.from([])
}

export function putObjectOperation(context: S3Context): Operations {
  return {
    PutObject: accepting<WithBody<PutObjectRequest>>(
      [
        'Bucket',
        'Key',
        'Body',
        'ContentLength',
        'ContentMD5',
        'ChecksumAlgorithm',
        ...checksumMembers,
        ...describing,
        'IfMatch',
        'IfNoneMatch',
        'RequestPayer',
        'ExpectedBucketOwner',
      ],
      (input, call) => putObject(context, input, call),
    ),
  }
}

/** Stores a whole object. @throws ServiceError */
export async function putObject(
  context: S3Context,
  input: WithBody<PutObjectRequest>,
  call: Call,
): Promise<PutObjectOutput> {
  requireBucket(context, call, input)
  const { Key: key = '' } = input
  checkKey(key)
  const described = describedIn(input)
  const algorithm = chosenAlgorithm(input, defaultAlgorithm)
  const staged = await context.blobs.stage(streamOf(input), [algorithm])
  try {
    const checksum = checkedBody(staged, input, algorithm)
    const { digest, size } = staged
    const put = { digest, size, etag: `"${staged.md5}"`, checksum, ...described }
    return await context.alone(async () => {
      // The bucket may have gone or changed while the body came.
      const bucket = requireBucket(context, call, input)
      const stored = await store(context, { bucket, key, conditions: input, keep: staged.keep }, put)
      await context.notify(bucket, { name: 'ObjectCreated:Put', key, version: stored, by: call })
      return {
        ETag: stored.etag,
        ...asMembers(checksum),
        ...encryptionOf(stored),
        ...newVersionMember(stored),
      }
    })
  } finally {
    await staged.discard()
  }
}

/** The place of a write, and its conditions. */
export interface Place {
  bucket: Bucket
  key: string
  conditions: WriteConditions
  /** Gives the content its name; absent if it has one. */
  keep?: () => Promise<void>
}

/** Stores an object, in its turn. @throws ServiceError for conditions that do not hold */
export async function store(
  context: S3Context,
  { bucket, key, conditions, keep }: Place,
  object: Omit<StoredObject, 'modified' | 'versionId'>,
): Promise<StoredObject> {
  checkWrite(conditions, key, currentOf(context, bucket, key))
  await keep?.()
  return putVersion(context, bucket, key, { ...object, modified: context.clock() })
}
