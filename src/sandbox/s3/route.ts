import { translateTraits } from '@smithy/core/schema'
import type { StaticOperationSchema } from '@smithy/types'
import type { RoutedRequest } from '../protocol/service.ts'
import type { WireRequest } from '../protocol/wire.ts'

type Resource = 'service' | 'bucket' | 'object'

/** An operation's distinguishing marks: the method, the resource in the path, and the required query keys. */
type Route = readonly [method: string, of: Resource, keys: readonly string[], operation: string]

const routes: readonly Route[] = [
  ['GET', 'service', [], 'ListBuckets'],
  ['PUT', 'bucket', [], 'CreateBucket'],
  ['HEAD', 'bucket', [], 'HeadBucket'],
  ['DELETE', 'bucket', [], 'DeleteBucket'],
  ['GET', 'bucket', ['location'], 'GetBucketLocation'],
  ['GET', 'bucket', ['versioning'], 'GetBucketVersioning'],
  ['PUT', 'bucket', ['versioning'], 'PutBucketVersioning'],
  ['GET', 'bucket', [], 'ListObjects'],
  ['GET', 'bucket', ['list-type'], 'ListObjectsV2'],
  ['GET', 'bucket', ['versions'], 'ListObjectVersions'],
  ['GET', 'bucket', ['uploads'], 'ListMultipartUploads'],
  ['POST', 'bucket', ['delete'], 'DeleteObjects'],
  ['PUT', 'object', [], 'PutObject'],
  ['HEAD', 'object', [], 'HeadObject'],
  ['GET', 'object', [], 'GetObject'],
  ['DELETE', 'object', [], 'DeleteObject'],
  ['GET', 'object', ['attributes'], 'GetObjectAttributes'],
  ['GET', 'object', ['tagging'], 'GetObjectTagging'],
  ['PUT', 'object', ['tagging'], 'PutObjectTagging'],
  ['DELETE', 'object', ['tagging'], 'DeleteObjectTagging'],
  ['POST', 'object', ['uploads'], 'CreateMultipartUpload'],
  ['PUT', 'object', ['partNumber', 'uploadId'], 'UploadPart'],
  ['GET', 'object', ['uploadId'], 'ListParts'],
  ['POST', 'object', ['uploadId'], 'CompleteMultipartUpload'],
  ['DELETE', 'object', ['uploadId'], 'AbortMultipartUpload'],
]

/** The same requests with a source to copy from. */
const copies: Readonly<Record<string, string>> = { PutObject: 'CopyObject', UploadPart: 'UploadPartCopy' }

/** Query keys that refine an operation, or sign it; any other key, such as `?acl`, means another operation. */
const refining =
  /^(x-id|versionId|prefix|delimiter|encoding-type|marker|start-after|continuation-token|fetch-owner|bucket-region|(max|key|upload-id|version-id|part-number)-(marker|uploads|parts|keys|buckets)|response-.*|x-amz-.*|AWSAccessKeyId|Signature|Expires)$/i

/**
 * Finds the operation of a path-style request. Some clients don't name it with `x-id`.
 *
 * @param schemas name the operations that the sandbox does not have
 */
export function createRouter(schemas: ReadonlyMap<string, StaticOperationSchema>) {
  const others = Array.from(schemas, ([operation, schema]) => routeInModel(operation, schema)).toSorted(
    (a, b) => b[2].length - a[2].length,
  )
  return (request: WireRequest) => routeS3(request, others)
}

/** As in `GET /{Key+}?acl`. */
function routeInModel(operation: string, schema: StaticOperationSchema): Route {
  const [method = '', template = ''] = translateTraits(schema[3]).http ?? []
  const [path = '', query] = template.split('?')
  const keys = [...new URLSearchParams(query).keys()].filter((name) => !refining.test(name))
  return [method, path.includes('{Key') ? 'object' : 'bucket', keys.toSorted(), operation]
}

function routeS3(
  { method, path, query, headers }: WireRequest,
  others: readonly Route[],
): RoutedRequest | undefined {
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? []
  const of: Resource = bucket === '' ? 'service' : key === '' ? 'bucket' : 'object'
  const asked = [...new Set(query.keys())].filter((name) => !refining.test(name)).toSorted()
  // A part of an object is read by the same operation as all of it.
  const isRead = of === 'object' && (method === 'GET' || method === 'HEAD')
  const keys = isRead && asked.join() === 'partNumber' ? [] : asked
  const found = routes.find(
    ([verb, what, named]) => verb === method && what === of && named.join() === keys.join(),
  )
  const labels = { Bucket: decoded(bucket), Key: decoded(key) }
  if (!found) {
    const other = others.find(
      ([verb, what, named]) => verb === method && what === of && named.every((name) => query.has(name)),
    )
    return other && { operation: other[3], labels }
  }
  const [, , , operation] = found
  if (headers['x-amz-copy-source'] === undefined) return { operation, labels }
  const copy = copies[operation]
  return copy === undefined ? undefined : { operation: copy, labels }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
