import { createHash } from 'node:crypto'
import type {
  CompletedPart,
  CompleteMultipartUploadOutput,
  CompleteMultipartUploadRequest,
} from '@aws-sdk/client-s3'
import { accepting } from '../../protocol/accepting.ts'
import { malformedXml } from '../../protocol/rest-xml.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import { checkWrite } from '../objects/conditions.ts'
import { encryptionOf } from '../objects/described.ts'
import { store } from '../objects/put-object.ts'
import type { Staged } from '../storage/blobs.ts'
import {
  asMembers,
  badDigest,
  type Checksum,
  checksumMembers,
  composite,
  defaultAlgorithm,
  memberOf,
} from '../storage/checksums.ts'
import { refused } from '../storage/errors.ts'
import {
  type Bucket,
  type Content,
  type Described,
  partsOf,
  removeUpload,
  requireBucket,
  requireUpload,
  type S3Context,
  type Upload,
} from '../storage/store.ts'
import { currentOf, newVersionMember } from '../storage/versions.ts'

/** S3's minimum size of every part except the last, bytes. */
const leastPart = 5_242_880

/** The number of completed uploads whose answer is given again. */
const mostCompleted = 1000

export function completeOperation(context: S3Context): Operations {
  return {
    CompleteMultipartUpload: accepting<CompleteMultipartUploadRequest>(
      [
        'Bucket',
        'Key',
        'UploadId',
        'MultipartUpload',
        ...checksumMembers,
        'ChecksumType',
        'MpuObjectSize',
        'IfMatch',
        'IfNoneMatch',
        'RequestPayer',
        'ExpectedBucketOwner',
      ],
      (input, call) => context.alone(() => complete(context, input, call)),
    ),
  }
}

interface Part extends Content {
  number: number
}

async function complete(
  context: S3Context,
  input: CompleteMultipartUploadRequest,
  call: Call,
): Promise<CompleteMultipartUploadOutput> {
  const bucket = requireBucket(context, call, input)
  const before = context.completed.get(input.UploadId ?? '')
  if (before?.bucket === bucket.name && before.key === input.Key) return before.answer
  const upload = requireUpload(context, bucket, input.Key, input.UploadId)
  const parts = chosenParts(upload, partsOf(context, upload), input.MultipartUpload?.Parts ?? [])
  checkSize(parts, input.MpuObjectSize)
  checkWrite(input, upload.key, currentOf(context, bucket, upload.key))
  const algorithm = upload.algorithm ?? defaultAlgorithm
  const staged = await context.blobs.stage(joined(context, parts), [algorithm])
  try {
    return await keep(context, { bucket, upload, input, parts, call }, staged)
  } finally {
    await staged.discard()
  }
}

interface Completing {
  bucket: Bucket
  upload: Upload
  input: CompleteMultipartUploadRequest
  parts: readonly Part[]
  call: Call
}

/** Makes the joined content an object. @throws ServiceError 400 for another checksum */
async function keep(
  context: S3Context,
  { bucket, upload, input, parts, call }: Completing,
  staged: Staged,
): Promise<CompleteMultipartUploadOutput> {
  const checksum = await checksumOf(upload, parts, staged)
  const claimed = memberOf(checksum.algorithm, input)
  if (claimed !== undefined && claimed !== checksum.value) throw badDigest(checksum.algorithm)
  const stored = await store(
    context,
    { bucket, key: upload.key, conditions: input, keep: staged.keep },
    {
      ...descriptionIn(upload),
      digest: staged.digest,
      size: staged.size,
      etag: etagOf(parts),
      checksum,
      parts: parts.map((part) => ({
        number: part.number,
        size: part.size,
        checksum: partChecksum(upload, part),
      })),
    },
  )
  // Adding the object and removing the upload is one step: no write to disk may come between them.
  removeUpload(context, upload)
  const answer = {
    Bucket: bucket.name,
    Key: upload.key,
    Location: `/${bucket.name}/${upload.key}`,
    ETag: stored.etag,
    ...asMembers(checksum),
    ...encryptionOf(stored),
    ...newVersionMember(stored),
  }
  remember(context, upload, answer)
  await context.notify(bucket, {
    name: 'ObjectCreated:CompleteMultipartUpload',
    key: upload.key,
    version: stored,
    by: call,
  })
  return answer
}

function descriptionIn(upload: Upload): Described {
  const { id, bucket, key, algorithm, checksumType, initiated, ...described } = upload
  return described
}

/** A client that lost the answer sends its request again, and gets the answer. */
function remember({ completed }: S3Context, { id, bucket, key }: Upload, answer: object): void {
  completed.set(id, { bucket, key, answer })
  const [oldest] = completed.keys()
  if (completed.size > mostCompleted && oldest !== undefined) completed.delete(oldest)
}

async function* joined({ blobs }: S3Context, parts: readonly Part[]): AsyncGenerator<Uint8Array> {
  for (const { digest } of parts) yield* await blobs.read(digest)
}

function checkSize(parts: readonly Part[], claimed: number | undefined): void {
  const size = parts.reduce((sum, part) => sum + part.size, 0)
  if (claimed === undefined || claimed === size) return
  throw refused(
    'InvalidRequest',
    `The provided 'x-amz-mp-object-size' header value ${claimed} does not match what was computed: ${size}`,
  )
}

/** @throws ServiceError 400 for parts that were not uploaded with this content, are out of order or too small */
function chosenParts(
  upload: Upload,
  parts: ReadonlyMap<number, Content>,
  named: readonly CompletedPart[],
): Part[] {
  requireOrder(upload, named)
  return named.map((part, index) => {
    const found = matchingPart(upload, parts, part)
    if (found.size < leastPart && index < named.length - 1) {
      throw refused('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
        ETag: found.etag.replaceAll('"', ''),
        MinSizeAllowed: String(leastPart),
        PartNumber: String(found.number),
        ProposedSize: String(found.size),
      })
    }
    return found
  })
}

function requireOrder({ id }: Upload, named: readonly CompletedPart[]): void {
  if (named.length === 0) throw malformedXml()
  const numbers = named.map(({ PartNumber = 0 }) => PartNumber)
  if (numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0))) return
  const message = 'The list of parts was not in ascending order. Parts must be ordered by part number.'
  throw refused('InvalidPartOrder', message, { UploadId: id })
}

function matchingPart(
  { id, algorithm, checksumType }: Upload,
  parts: ReadonlyMap<number, Content>,
  part: CompletedPart,
): Part {
  const { PartNumber: number = 0, ETag: etag = '' } = part
  const checksum = algorithm && memberOf(algorithm, part)
  if (algorithm && checksumType === 'COMPOSITE' && checksum === undefined) {
    throw refused(
      'InvalidRequest',
      `The upload was created using a ${algorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${number} in the request.`,
    )
  }
  const found = parts.get(number)
  const isSame = checksum === undefined || checksum === found?.checksum?.value
  const bare = etag.replaceAll('"', '')
  if (found && isSame && found.etag.replaceAll('"', '') === bare) return { ...found, number }
  throw refused(
    'InvalidPart',
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    { ETag: bare, PartNumber: String(number), UploadId: id },
  )
}

async function checksumOf(upload: Upload, parts: readonly Part[], { checksums }: Staged): Promise<Checksum> {
  const { algorithm = defaultAlgorithm, checksumType } = upload
  if (upload.algorithm && checksumType === 'COMPOSITE') {
    return await composite(
      algorithm,
      parts.map(({ checksum }) => checksum?.value ?? ''),
    )
  }
  return { algorithm, value: checksums.get(algorithm) ?? '', type: 'FULL_OBJECT' }
}

/** The parts of an object have checksums of their own if its upload asked for them. */
function partChecksum({ algorithm, checksumType }: Upload, { checksum }: Part): Checksum | undefined {
  return algorithm && checksumType === 'COMPOSITE' ? checksum : undefined
}

function etagOf(parts: readonly Content[]): string {
  const digests = parts.map(({ etag }) => Buffer.from(etag.replaceAll('"', ''), 'hex'))
  return `"${createHash('md5').update(Buffer.concat(digests)).digest('hex')}-${parts.length}"`
}
