import type {
  ListMultipartUploadsOutput,
  ListMultipartUploadsRequest,
  ListPartsOutput,
  ListPartsRequest,
} from '@aws-sdk/client-s3'
import type { Call, Operations } from '../protocol/service.ts'
import { asMember } from './checksums.ts'
import { notImplemented } from './errors.ts'
import { partsOf, requireBucket, requireUpload, type S3Context, type Upload } from './store.ts'

/** S3's page size for both lists. */
const pageSize = 1000

export function multipartLists(context: S3Context): Operations {
  return {
    ListMultipartUploads: (input: ListMultipartUploadsRequest, call) => listUploads(context, input, call),
    ListParts: (input: ListPartsRequest, call) => listParts(context, input, call),
  }
}

/** By key; uploads of one key from the oldest to the newest. */
function listUploads(
  context: S3Context,
  input: ListMultipartUploadsRequest,
  call: Call,
): ListMultipartUploadsOutput {
  if (input.Delimiter !== undefined) throw notImplemented('delimiters')
  const bucket = requireBucket(context, call, input)
  const { Prefix: prefix = '', KeyMarker: keyMarker = '', UploadIdMarker: idMarker } = input
  const sorted = [...context.uploads.values()]
    .filter((upload) => upload.bucket === bucket.name && upload.key.startsWith(prefix))
    .toSorted((a, b) => (a.key === b.key ? a.initiated - b.initiated : a.key < b.key ? -1 : 1))
  const seen = sorted.findIndex(({ id, key }) => key === keyMarker && id === idMarker)
  const rest = seen === -1 ? sorted.filter(({ key }) => key > keyMarker) : sorted.slice(seen + 1)
  const shown = rest.slice(0, Math.min(input.MaxUploads ?? pageSize, pageSize))
  const last = shown.at(-1)
  const more = shown.length < rest.length && last
  return {
    Bucket: bucket.name,
    Prefix: prefix,
    IsTruncated: Boolean(more),
    ...(more ? { NextKeyMarker: last.key, NextUploadIdMarker: last.id } : {}),
    Uploads: shown.map(({ id, key, initiated, ...upload }) => ({
      UploadId: id,
      Key: key,
      Initiated: new Date(initiated),
      StorageClass: 'STANDARD',
      ...checksumTerms(upload),
    })),
  }
}

function listParts(context: S3Context, input: ListPartsRequest, call: Call): ListPartsOutput {
  const upload = requireUpload(context, requireBucket(context, call, input), input.Key, input.UploadId)
  const rest = Array.from(partsOf(context, upload), ([number, part]) => ({ number, part }))
    .filter(({ number }) => number > Number(input.PartNumberMarker ?? 0))
    .toSorted((a, b) => a.number - b.number)
  const shown = rest.slice(0, Math.min(input.MaxParts ?? pageSize, pageSize))
  const more = shown.length < rest.length
  return {
    Bucket: input.Bucket,
    Key: upload.key,
    UploadId: upload.id,
    IsTruncated: more,
    ...(more ? { NextPartNumberMarker: String(shown.at(-1)?.number) } : {}),
    ...checksumTerms(upload),
    Parts: shown.map(({ number, part }) => ({
      PartNumber: number,
      ETag: part.etag,
      Size: part.size,
      LastModified: new Date(part.modified),
      ...asMember(part.checksum),
    })),
  }
}

function checksumTerms({ algorithm, checksumType }: Pick<Upload, 'algorithm' | 'checksumType'>) {
  return algorithm ? { ChecksumAlgorithm: algorithm, ChecksumType: checksumType } : {}
}
