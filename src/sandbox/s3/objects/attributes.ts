import type { GetObjectAttributesOutput, GetObjectAttributesRequest } from '@aws-sdk/client-s3'
import { accepting } from '../../protocol/accepting.ts'
import type { Operations } from '../../protocol/service.ts'
import { asMember, asMembers } from '../storage/checksums.ts'
import { invalidArgument } from '../storage/errors.ts'
import { requireBucket, type S3Context, type StoredObject } from '../storage/store.ts'
import { requireObject, versionMember } from '../storage/versions.ts'
import { wholeSeconds } from '../storage/whole-seconds.ts'

const known = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize']

export function attributesOperation(context: S3Context): Operations {
  return {
    GetObjectAttributes: accepting<GetObjectAttributesRequest>(
      [
        'Bucket',
        'Key',
        'VersionId',
        'ObjectAttributes',
        'MaxParts',
        'PartNumberMarker',
        'RequestPayer',
        'ExpectedBucketOwner',
      ],
      (input, call): GetObjectAttributesOutput => {
        const object = requireObject(context, call, input)
        const asked = input.ObjectAttributes ?? []
        if (asked.length === 0 || asked.some((name) => !known.includes(name))) {
          throw invalidArgument(
            'Invalid attribute name specified.',
            'x-amz-object-attributes',
            asked.join(','),
          )
        }
        const attributes = attributesOf(object, input)
        return {
          LastModified: wholeSeconds(object.modified),
          ...versionMember(requireBucket(context, call, input), object),
          ...Object.fromEntries(
            Object.entries(attributes).filter(([name]) => asked.includes(name as 'ETag')),
          ),
        }
      },
    ),
  }
}

function attributesOf(object: StoredObject, input: GetObjectAttributesRequest): GetObjectAttributesOutput {
  return {
    ETag: object.etag.replaceAll('"', ''),
    ...(object.checksum && { Checksum: asMembers(object.checksum) }),
    ...(object.parts && { ObjectParts: partsPage(object.parts, input) }),
    StorageClass: (object.StorageClass ?? 'STANDARD') as 'STANDARD',
    ObjectSize: object.size,
  }
}

/** S3 lists the parts only if they have checksums of their own. */
function partsPage(parts: NonNullable<StoredObject['parts']>, input: GetObjectAttributesRequest) {
  const marker = Number(input.PartNumberMarker ?? 0)
  const max = Math.min(input.MaxParts ?? 1000, 1000)
  const rest = parts.filter(({ number }) => number > marker)
  const shown = rest.slice(0, max)
  const hasChecksums = parts.every(({ checksum }) => checksum)
  if (!hasChecksums) return { TotalPartsCount: parts.length }
  return {
    TotalPartsCount: parts.length,
    PartNumberMarker: String(marker),
    NextPartNumberMarker: String(shown.at(-1)?.number ?? 0),
    MaxParts: max,
    IsTruncated: shown.length < rest.length,
    Parts: shown.map(({ number, size, checksum }) => ({
      PartNumber: number,
      Size: size,
      ...asMember(checksum),
    })),
  }
}
