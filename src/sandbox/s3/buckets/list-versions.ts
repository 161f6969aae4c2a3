import type { ListObjectVersionsOutput, ListObjectVersionsRequest } from '@aws-sdk/client-s3'
import { accepting } from '../../protocol/accepting.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import { invalidArgument } from '../storage/errors.ts'
import {
  type Bucket,
  isMarker,
  objectKey,
  requireBucket,
  type S3Context,
  type Version,
} from '../storage/store.ts'
import { versionsOf } from '../storage/versions.ts'
import { wholeSeconds } from '../storage/whole-seconds.ts'
import { ownerOf } from './buckets.ts'
import { contentMembers, encoderOf, keysPage, pageSize } from './keys-page.ts'

export function listVersionsOperation(context: S3Context): Operations {
  return {
    ListObjectVersions: accepting<ListObjectVersionsRequest>(
      [
        'Bucket',
        'Prefix',
        'Delimiter',
        'MaxKeys',
        'EncodingType',
        'KeyMarker',
        'VersionIdMarker',
        'RequestPayer',
        'OptionalObjectAttributes',
        'ExpectedBucketOwner',
      ],
      (input, call) => listVersions(context, input, call),
    ),
  }
}

interface Entry {
  key: string
  version: Version
  isLatest: boolean
}

/** The versions in the order of their keys, those of one key from the newest to the oldest. */
function entriesOf(context: S3Context, bucket: Bucket, prefix: string): Entry[] {
  const skipped = objectKey(bucket, '').length
  const start = objectKey(bucket, prefix)
  return [...context.objects.keys()]
    .filter((place) => place.startsWith(start))
    .toSorted()
    .flatMap((place) =>
      versionsOf(context, place).map((version, index) => ({
        key: place.slice(skipped),
        version,
        isLatest: index === 0,
      })),
    )
}

function listVersions(
  context: S3Context,
  input: ListObjectVersionsRequest,
  call: Call,
): ListObjectVersionsOutput {
  const bucket = requireBucket(context, call, input)
  const { Prefix: prefix = '', Delimiter: delimiter = '', KeyMarker = '', VersionIdMarker } = input
  if (VersionIdMarker !== undefined && KeyMarker === '') {
    const message = 'A version-id marker cannot be specified without a key marker.'
    throw invalidArgument(message, 'version-id-marker', VersionIdMarker)
  }
  if (VersionIdMarker === '') {
    const message = 'A version-id marker cannot be empty.'
    throw invalidArgument(message, 'version-id-marker', VersionIdMarker)
  }
  const encoded = encoderOf(input.EncodingType)
  const max = pageSize('max-keys', input.MaxKeys)
  const all = entriesOf(context, bucket, prefix)
  const page = keysPage(all, ({ key, version }) => ({ key, id: idOf(version) }), {
    prefix,
    delimiter,
    max,
    marker: { text: KeyMarker, id: VersionIdMarker },
  })
  const last = page.items.at(-1)
  const outputs = page.items.map((entry) => ({ entry, output: outputOf(entry, encoded, call) }))
  return {
    Name: bucket.name,
    Prefix: encoded(prefix),
    KeyMarker: encoded(KeyMarker),
    VersionIdMarker: VersionIdMarker ?? '',
    ...(delimiter && { Delimiter: encoded(delimiter) }),
    ...(input.EncodingType && { EncodingType: input.EncodingType }),
    MaxKeys: max,
    IsTruncated: page.next !== undefined,
    ...(page.next && { NextKeyMarker: encoded(page.next.text) }),
    ...(page.next && !page.next.isPrefix && last && { NextVersionIdMarker: idOf(last.version) }),
    Versions: outputs.flatMap(({ entry: { version }, output }) =>
      isMarker(version) ? [] : [{ ...output, ...contentMembers(version) }],
    ),
    DeleteMarkers: outputs.flatMap(({ entry, output }) => (isMarker(entry.version) ? [output] : [])),
    CommonPrefixes: page.prefixes.map((each) => ({ Prefix: encoded(each) })),
  }
}

function outputOf({ key, version, isLatest }: Entry, encoded: (key: string) => string, call: Call) {
  return {
    Key: encoded(key),
    VersionId: idOf(version),
    IsLatest: isLatest,
    LastModified: wholeSeconds(version.modified),
    Owner: ownerOf(call),
  }
}

function idOf({ versionId = 'null' }: Version): string {
  return versionId
}
