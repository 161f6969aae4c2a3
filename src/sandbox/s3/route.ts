import type { RoutedRequest } from '../protocol/service.ts'
import type { WireRequest } from '../protocol/wire.ts'

/** An operation's distinguishing marks: the method, the resource in the path, and the required query keys. */
type Route = readonly [method: string, of: 'bucket' | 'object', keys: readonly string[], operation: string]

const routes: readonly Route[] = [
  ['PUT', 'bucket', [], 'CreateBucket'],
  ['HEAD', 'bucket', [], 'HeadBucket'],
  ['GET', 'bucket', ['uploads'], 'ListMultipartUploads'],
  ['PUT', 'object', [], 'PutObject'],
  ['HEAD', 'object', [], 'HeadObject'],
  ['GET', 'object', [], 'GetObject'],
  ['DELETE', 'object', [], 'DeleteObject'],
  ['POST', 'object', ['uploads'], 'CreateMultipartUpload'],
  ['PUT', 'object', ['partNumber', 'uploadId'], 'UploadPart'],
  ['GET', 'object', ['uploadId'], 'ListParts'],
  ['POST', 'object', ['uploadId'], 'CompleteMultipartUpload'],
  ['DELETE', 'object', ['uploadId'], 'AbortMultipartUpload'],
]

/** Query keys that refine an operation, or sign it; any other key, such as `?tagging`, means another operation. */
const refining =
  /^(x-id|versionId|prefix|delimiter|encoding-type|(max|key|upload-id|part-number)-(marker|uploads|parts)|response-.*|x-amz-.*)$/i

/**
 * Finds the operation of a path-style request. Some clients don't name it with `x-id`.
 *
 * @returns undefined for an operation that the sandbox does not have
 */
export function routeS3({ method, path, query, headers }: WireRequest): RoutedRequest | undefined {
  const [, bucket = '', key = ''] = /^\/([^/]+)\/?(.*)$/s.exec(path) ?? []
  if (bucket === '' || headers['x-amz-copy-source'] !== undefined) return undefined
  const of = key === '' ? 'bucket' : 'object'
  const asked = [...new Set(query.keys())].filter((name) => !refining.test(name)).toSorted()
  const found = routes.find(
    ([verb, what, keys]) => verb === method && what === of && keys.join() === asked.join(),
  )
  const labels = { Bucket: decoded(bucket), Key: decoded(key) }
  return found && { operation: found[3], labels }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
