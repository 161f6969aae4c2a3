import type {
  ListMultipartUploadsOutput,
  ListMultipartUploadsRequest,
  ListPartsOutput,
  ListPartsRequest,
} from '@aws-sdk/client-s3'
import { accepting } from '../../protocol/accepting.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import { ownerOf } from '../buckets/buckets.ts'
import { encoderOf, keysPage, pageSize } from '../buckets/keys-page.ts'
import { asMember } from '../storage/checksums.ts'
import { invalidArgument } from '../storage/errors.ts'
import { partsOf, requireBucket, requireUpload, type S3Context, type Upload } from '../storage/store.ts'
import { wholeSeconds } from '../storage/whole-seconds.ts'

export function multipartLists(context: S3Context): Operations {
  return {
    ListMultipartUploads: accepting<ListMultipartUploadsRequest>(
      [
        'Bucket',
        'Prefix',
        'Delimiter',
        'MaxUploads',
        'EncodingType',
        'KeyMarker',
        'UploadIdMarker',
        'RequestPayer',
        'ExpectedBucketOwner',
      ],
      (input, call) => listUploads(context, input, call),
    ),
    ListParts: accepting<ListPartsRequest>(
      ['Bucket', 'Key', 'UploadId', 'MaxParts', 'PartNumberMarker', 'RequestPayer', 'ExpectedBucketOwner'],
      (input, call) => listParts(context, input, call),
    ),
  }
}

/** By key; uploads of one key from the oldest to the newest. */
function listUploads(
  context: S3Context,
  input: ListMultipartUploadsRequest,
  call: Call,
): ListMultipartUploadsOutput {
  const bucket = requireBucket(context, call, input)
  const { Prefix: prefix = '', Delimiter: delimiter = '', KeyMarker: keyMarker = '' } = input
  const { UploadIdMarker: givenId = '' } = input
  // S3 ignores the upload of no key.
  const idMarker = keyMarker === '' ? '' : givenId
  const encoded = encoderOf(input.EncodingType)
  const max = pageSize('max-uploads', input.MaxUploads)
  const sorted = [...context.uploads.values()]
    .filter((upload) => upload.bucket === bucket.name)
    .toSorted((a, b) => (a.key === b.key ? a.initiated - b.initiated : a.key < b.key ? -1 : 1))
  if (sorted.some(({ id, key }) => id === idMarker && key !== keyMarker)) {
    throw invalidArgument('Invalid uploadId marker', 'upload-id-marker', idMarker)
  }
  const page = keysPage(sorted, (upload) => upload, {
    prefix,
    delimiter,
    max,
    marker: { text: keyMarker, id: idMarker },
  })
  const last = page.next?.isPrefix ? undefined : page.items.at(-1)
  return {
    Bucket: bucket.name,
    ...(input.Prefix !== undefined && { Prefix: encoded(prefix) }),
    ...(delimiter && { Delimiter: encoded(delimiter) }),
    ...(input.EncodingType && { EncodingType: input.EncodingType }),
    KeyMarker: encoded(keyMarker),
    UploadIdMarker: givenId,
    MaxUploads: max,
    IsTruncated: page.next !== undefined,
    // Unlike other lists, this one has the place of its end on the last page too.
    NextKeyMarker: encoded(page.next?.text ?? last?.key ?? ''),
    NextUploadIdMarker: last?.id ?? '',
    Uploads: page.items.map(({ id, key, initiated, ...upload }) => ({
      UploadId: id,
      Key: encoded(key),
      Initiated: wholeSeconds(initiated),
      ...parties(call),
      StorageClass: storageClassOf(upload),
      ...checksumTerms(upload),
    })),
    CommonPrefixes: page.prefixes.map((each) => ({ Prefix: encoded(each) })),
  }
}

function listParts(context: S3Context, input: ListPartsRequest, call: Call): ListPartsOutput {
  const max = pageSize('max-parts', input.MaxParts)
  const marker = markerOf(input.PartNumberMarker)
  const upload = requireUpload(context, requireBucket(context, call, input), input.Key, input.UploadId)
  const rest = Array.from(partsOf(context, upload), ([number, part]) => ({ number, part }))
    .filter(({ number }) => number > marker)
    .toSorted((a, b) => a.number - b.number)
  const shown = rest.slice(0, max)
  return {
    Bucket: input.Bucket,
    Key: upload.key,
    UploadId: upload.id,
    ...parties(call),
    StorageClass: storageClassOf(upload),
    PartNumberMarker: String(marker),
    NextPartNumberMarker: String(shown.at(-1)?.number ?? 0),
    MaxParts: max,
    IsTruncated: shown.length < rest.length,
    ...checksumTerms(upload),
    Parts: shown.map(({ number, part }) => ({
      PartNumber: number,
      ETag: part.etag,
      Size: part.size,
      LastModified: wholeSeconds(part.modified),
      ...(upload.algorithm && asMember(part.checksum)),
    })),
  }
}

/** @throws ServiceError 400 */
function markerOf(text: string | undefined): number {
  const marker = Number(text ?? 0)
  if (Number.isInteger(marker) && marker >= 0 && marker <= 2_147_483_647) return marker
  const message = 'Argument part-number-marker must be an integer between 0 and 2147483647'
  throw invalidArgument(message, 'part-number-marker', text ?? '')
}

function parties(call: Call) {
  const owner = ownerOf(call)
  return { Initiator: owner, Owner: owner }
}

function storageClassOf({ StorageClass = 'STANDARD' }: Pick<Upload, 'StorageClass'>) {
  return StorageClass as 'STANDARD'
}

function checksumTerms({ algorithm, checksumType }: Pick<Upload, 'algorithm' | 'checksumType'>) {
  return algorithm ? { ChecksumAlgorithm: algorithm, ChecksumType: checksumType } : {}
}
