import type {
  _Object,
  CommonPrefix,
  ListObjectsOutput,
  ListObjectsRequest,
  ListObjectsV2Output,
  ListObjectsV2Request,
} from '@aws-sdk/client-s3'
import { accepting } from '../../protocol/accepting.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import {
  type Bucket,
  isMarker,
  objectKey,
  requireBucket,
  type S3Context,
  type StoredObject,
} from '../storage/store.ts'
import { wholeSeconds } from '../storage/whole-seconds.ts'
import { invalidToken, ownerOf } from './buckets.ts'
import { contentMembers, encoderOf, keysPage, type Marker, pageSize } from './keys-page.ts'

const common = [
  'Bucket',
  'Prefix',
  'Delimiter',
  'MaxKeys',
  'EncodingType',
  'RequestPayer',
  'OptionalObjectAttributes',
  'ExpectedBucketOwner',
] as const

export function listObjectsOperations(context: S3Context): Operations {
  return {
    ListObjectsV2: accepting<ListObjectsV2Request>(
      [...common, 'StartAfter', 'ContinuationToken', 'FetchOwner'],
      (input, call) => listObjectsV2(context, input, call),
    ),
    ListObjects: accepting<ListObjectsRequest>([...common, 'Marker'], (input, call) =>
      listObjects(context, input, call),
    ),
  }
}

interface Entry {
  key: string
  object: StoredObject
}

/** The objects of a bucket in the order of their keys, without those that are deleted. */
function objectsOf({ objects }: S3Context, bucket: Bucket, prefix: string): Entry[] {
  const start = objectKey(bucket, prefix)
  const skipped = objectKey(bucket, '').length
  const found: Entry[] = []
  for (const [place, object] of objects) {
    if (place.startsWith(start) && !isMarker(object)) found.push({ key: place.slice(skipped), object })
  }
  return found.toSorted((a, b) => (a.key < b.key ? -1 : 1))
}

function listObjectsV2(context: S3Context, input: ListObjectsV2Request, call: Call): ListObjectsV2Output {
  const bucket = requireBucket(context, call, input)
  const { Prefix: prefix = '', Delimiter: delimiter = '', StartAfter, ContinuationToken } = input
  const encoded = encoderOf(input.EncodingType)
  const max = pageSize('max-keys', input.MaxKeys)
  const marker =
    ContinuationToken === undefined ? { text: StartAfter ?? '', isPrefix: false } : placeIn(ContinuationToken)
  const { items, prefixes, next } = keysPage(objectsOf(context, bucket, prefix), ({ key }) => ({ key }), {
    prefix,
    delimiter,
    max,
    marker,
  })
  const owner = input.FetchOwner ? { Owner: ownerOf(call) } : {}
  return {
    Name: bucket.name,
    Prefix: encoded(prefix),
    ...(delimiter && { Delimiter: encoded(delimiter) }),
    // A token outweighs the key to start after.
    ...(ContinuationToken !== undefined
      ? { ContinuationToken }
      : StartAfter !== undefined && { StartAfter: encoded(StartAfter) }),
    ...(next && { NextContinuationToken: tokenOf(next) }),
    ...(input.EncodingType && { EncodingType: input.EncodingType }),
    MaxKeys: max,
    KeyCount: items.length + prefixes.length,
    IsTruncated: next !== undefined,
    Contents: items.map((entry) => ({ ...contentOf(entry, encoded), ...owner })),
    CommonPrefixes: prefixes.map((each) => ({ Prefix: encoded(each) })),
  }
}

/** The first version of the list, which marks its place by a key. */
function listObjects(context: S3Context, input: ListObjectsRequest, call: Call): ListObjectsOutput {
  const bucket = requireBucket(context, call, input)
  const { Prefix: prefix = '', Delimiter: delimiter = '', Marker: marker = '' } = input
  const encoded = encoderOf(input.EncodingType)
  const max = pageSize('max-keys', input.MaxKeys)
  const { items, prefixes, next } = keysPage(objectsOf(context, bucket, prefix), ({ key }) => ({ key }), {
    prefix,
    delimiter,
    max,
    marker: { text: marker },
  })
  return {
    Name: bucket.name,
    Prefix: encoded(prefix),
    Marker: encoded(marker),
    ...(delimiter && { Delimiter: encoded(delimiter) }),
    ...(next && delimiter && { NextMarker: encoded(next.text) }),
    ...(input.EncodingType && { EncodingType: input.EncodingType }),
    MaxKeys: max,
    IsTruncated: next !== undefined,
    Contents: items.map((entry) => ({ ...contentOf(entry, encoded), Owner: ownerOf(call) })),
    CommonPrefixes: prefixes.map((each): CommonPrefix => ({ Prefix: encoded(each) })),
  }
}

function contentOf({ key, object }: Entry, encoded: (key: string) => string): _Object {
  return {
    Key: encoded(key),
    LastModified: wholeSeconds(object.modified),
    ...contentMembers(object),
  }
}

function tokenOf({ text, isPrefix }: { text: string; isPrefix: boolean }): string {
  return Buffer.from(`${isPrefix ? 'prefix' : 'key'}:${text}`).toString('base64')
}

/** @throws ServiceError 400 */
function placeIn(token: string): Marker {
  const text = Buffer.from(token, 'base64').toString('utf8')
  const [, kind, key] = /^(prefix|key):(.+)$/s.exec(text) ?? []
  if (key === undefined) throw invalidToken(token)
  return { text: key, isPrefix: kind === 'prefix' }
}
