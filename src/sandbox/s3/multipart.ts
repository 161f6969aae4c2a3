import { createHash, randomUUID } from 'node:crypto'
import type {
  AbortMultipartUploadRequest,
  CompletedPart,
  CompleteMultipartUploadOutput,
  CompleteMultipartUploadRequest,
  CreateMultipartUploadOutput,
  CreateMultipartUploadRequest,
  UploadPartOutput,
  UploadPartRequest,
} from '@aws-sdk/client-s3'
import { malformedXml } from '../protocol/rest-xml.ts'
import type { Call, Operations } from '../protocol/service.ts'
import {
  algorithmOf,
  asMember,
  type Checksum,
  checkedBody,
  composite,
  digestOf,
  memberOf,
} from './checksums.ts'
import { refused } from './errors.ts'
import { store, type WithBody } from './objects.ts'
import {
  type Content,
  partKey,
  partsOf,
  removeUpload,
  requireBucket,
  requireUpload,
  type S3Context,
  type Upload,
} from './store.ts'

/** S3's minimum size of every part except the last, in bytes, and its highest part number. */
const leastPart = 5_242_880
const highestPart = 10_000

export function multipartOperations(context: S3Context): Operations {
  return {
    CreateMultipartUpload: (input: CreateMultipartUploadRequest, call) => begin(context, input, call),
    UploadPart: (input: WithBody<UploadPartRequest>, call) =>
      context.alone(() => uploadPart(context, input, call)),
    CompleteMultipartUpload: (input: CompleteMultipartUploadRequest, call) =>
      context.alone(() => complete(context, input, call)),
    AbortMultipartUpload: (input: AbortMultipartUploadRequest, call) =>
      context.alone(() => abort(context, input, call)),
  }
}

function begin(
  context: S3Context,
  input: CreateMultipartUploadRequest,
  call: Call,
): CreateMultipartUploadOutput {
  const bucket = requireBucket(context, call, input)
  const { Key: key = '', ContentType, ServerSideEncryption, SSEKMSKeyId } = input
  const algorithm = algorithmOf(input.ChecksumAlgorithm)
  const checksumType = input.ChecksumType ?? 'COMPOSITE'
  if (checksumType === 'FULL_OBJECT' && algorithm?.startsWith('SHA')) {
    throw refused(
      'InvalidRequest',
      `The FULL_OBJECT checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
    )
  }
  const id = randomUUID()
  const described = { ContentType, ServerSideEncryption, SSEKMSKeyId }
  const initiated = context.clock()
  const upload = { id, bucket: bucket.name, key, algorithm, checksumType, initiated, ...described }
  context.uploads.set(id, upload)
  return {
    Bucket: bucket.name,
    Key: key,
    UploadId: id,
    ...(algorithm ? { ChecksumAlgorithm: algorithm, ChecksumType: checksumType } : {}),
  }
}

async function uploadPart(
  context: S3Context,
  input: WithBody<UploadPartRequest>,
  call: Call,
): Promise<UploadPartOutput> {
  const bucket = requireBucket(context, call, input)
  const upload = requireUpload(context, bucket, input.Key, input.UploadId)
  const number = input.PartNumber ?? 0
  if (number < 1 || number > highestPart) {
    throw refused('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive')
  }
  const body = input.Body ?? new Uint8Array()
  const checksum = checkedBody(body, input, upload.algorithm)
  const etag = `"${createHash('md5').update(body).digest('hex')}"`
  const digest = await context.blobs.put(body)
  const place = partKey(upload, number)
  const replaced = context.parts.get(place)
  context.parts.set(place, { digest, size: body.byteLength, etag, checksum, modified: context.clock() })
  if (replaced) context.forget([replaced])
  return { ETag: etag, ...asMember(checksum) }
}

async function complete(
  context: S3Context,
  input: CompleteMultipartUploadRequest,
  call: Call,
): Promise<CompleteMultipartUploadOutput> {
  const bucket = requireBucket(context, call, input)
  const upload = requireUpload(context, bucket, input.Key, input.UploadId)
  const parts = chosenParts(upload, partsOf(context, upload), input.MultipartUpload?.Parts ?? [])
  const body = Buffer.concat(await Promise.all(parts.map(({ digest }) => context.blobs.get(digest))))
  const checksum = checksumOf(upload, parts, body)
  const claimed = checksum && memberOf(checksum.algorithm, input)
  if (claimed !== undefined && claimed !== checksum?.value) {
    throw refused(
      'BadDigest',
      `The ${checksum?.algorithm} you specified did not match the calculated checksum.`,
    )
  }
  const etag = etagOf(parts)
  const digest = await context.blobs.put(body)
  const { ContentType, ServerSideEncryption, SSEKMSKeyId } = upload
  const content = { digest, size: body.length, etag, checksum, modified: context.clock() }
  // Adding the object and removing the upload is one step: no write to disk may come between them.
  store(context, bucket, upload.key, { ...content, ContentType, ServerSideEncryption, SSEKMSKeyId })
  removeUpload(context, upload)
  return {
    Bucket: bucket.name,
    Key: upload.key,
    Location: `/${bucket.name}/${upload.key}`,
    ETag: etag,
    ...asMember(checksum),
    ...(checksum ? { ChecksumType: checksum.type } : {}),
  }
}

/** @throws ServiceError 400 for parts that were not uploaded with this content, are out of order or too small */
function chosenParts(
  upload: Upload,
  parts: ReadonlyMap<number, Content>,
  named: readonly CompletedPart[],
): Content[] {
  requireOrder(named)
  return named.map((part, index) => {
    const found = matchingPart(upload, parts, part)
    if (found.size < leastPart && index < named.length - 1) {
      throw refused('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size')
    }
    return found
  })
}

function requireOrder(named: readonly CompletedPart[]): void {
  if (named.length === 0) throw malformedXml()
  const numbers = named.map(({ PartNumber = 0 }) => PartNumber)
  if (numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0))) return
  throw refused(
    'InvalidPartOrder',
    'The list of parts was not in ascending order. The parts list must be specified in order by part number.',
  )
}

function matchingPart(
  { algorithm, checksumType }: Upload,
  parts: ReadonlyMap<number, Content>,
  part: CompletedPart,
): Content {
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
  if (found && isSame && found.etag.replaceAll('"', '') === etag.replaceAll('"', '')) return found
  throw refused(
    'InvalidPart',
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
  )
}

function checksumOf(upload: Upload, parts: readonly Content[], body: Uint8Array): Checksum | undefined {
  const { algorithm, checksumType } = upload
  if (!algorithm) return undefined
  if (checksumType === 'COMPOSITE')
    return composite(
      algorithm,
      parts.map(({ checksum }) => checksum?.value ?? ''),
    )
  return { algorithm, value: digestOf(algorithm, body).toString('base64'), type: checksumType }
}

function etagOf(parts: readonly Content[]): string {
  const digests = parts.map(({ etag }) => Buffer.from(etag.replaceAll('"', ''), 'hex'))
  return `"${createHash('md5').update(Buffer.concat(digests)).digest('hex')}-${parts.length}"`
}

async function abort(context: S3Context, input: AbortMultipartUploadRequest, call: Call): Promise<object> {
  const bucket = requireBucket(context, call, input)
  removeUpload(context, requireUpload(context, bucket, input.Key, input.UploadId))
  return {}
}
