import { LambdactlError } from '../../errors/error.ts'

/** A zip in S3. */
export interface S3Source {
  readonly bucket: string
  readonly key: string
  /** Undefined: the one that S3 has when the function is released. */
  readonly version?: string
}

/** Tells whether `source` names an object in S3. */
export function isInS3(source: string): boolean {
  return source.startsWith('s3://')
}

/**
 * Reads the address of a zip in S3; undefined for a path.
 *
 * @param place of the field, for messages
 * @throws LambdactlError CONFIG_INVALID for an address without a bucket or a key, or with another parameter
 */
export function s3SourceOf(source: string, place: string): S3Source | undefined {
  if (!isInS3(source)) return undefined
  const shape =
    /^s3:\/\/(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/(?<key>[^?#]+)(?:\?versionId=(?<version>[^&]+))?$/
  const { bucket, key, version } = shape.exec(source)?.groups ?? {}
  if (bucket !== undefined && key !== undefined)
    return { bucket, key, ...(version !== undefined && { version }) }
  const expected = 'expected an address of a zip in S3, as in s3://bucket/key.zip?versionId=…'
  throw new LambdactlError('CONFIG_INVALID', `${place}: ${expected}, got ${JSON.stringify(source)}.`)
}
