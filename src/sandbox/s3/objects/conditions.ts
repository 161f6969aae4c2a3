import { ServiceError } from '../../protocol/service-error.ts'
import { noSuchKey, preconditionFailed } from '../storage/errors.ts'
import type { StoredObject } from '../storage/store.ts'

/** The conditions of a write. */
export interface WriteConditions {
  IfMatch?: string | undefined
  IfNoneMatch?: string | undefined
}

/**
 * Checks that a write may replace the current object. A key that exists is protected by `If-None-Match: *`, a content
 * by `If-Match` with its ETag.
 *
 * @throws ServiceError 412; 404 for `If-Match` without an object; 501 for a condition that S3 does not have
 */
export function checkWrite(
  { IfMatch, IfNoneMatch }: WriteConditions,
  key: string,
  current: StoredObject | undefined,
): void {
  if (IfNoneMatch !== undefined && (IfNoneMatch !== '*' || IfMatch !== undefined))
    throw unimplemented('If-None-Match')
  if (IfMatch === '*') throw unimplemented('If-Match')
  if (IfNoneMatch !== undefined && current) throw preconditionFailed('If-None-Match')
  if (IfMatch === undefined) return
  if (!current) throw noSuchKey(key)
  if (!isListed(IfMatch, current.etag)) throw preconditionFailed('If-Match')
}

/** S3's own words for a condition that it does not have. */
function unimplemented(header: string): ServiceError {
  const message = 'A header you provided implies functionality that is not implemented'
  return new ServiceError('NotImplemented', 501, message, { Header: header })
}

/** The conditions of a read. */
export interface ReadConditions extends WriteConditions {
  IfModifiedSince?: Date | undefined
  IfUnmodifiedSince?: Date | undefined
}

/**
 * Checks that a client wants the object in its present state.
 *
 * @throws ServiceError 412, or 304 for a state that the client has
 */
export function checkRead(conditions: ReadConditions, object: StoredObject): void {
  const broken = brokenCondition(conditions, object)
  if (broken === undefined) return
  throw broken === 'If-None-Match' || broken === 'If-Modified-Since'
    ? notModified(object.etag)
    : preconditionFailed(broken)
}

/**
 * Checks a copy's conditions on its source; S3 has no 304 there, and ignores a time that has not come.
 *
 * @param now milliseconds since the epoch
 * @throws ServiceError 412
 */
export function checkSource(conditions: ReadConditions, source: StoredObject, now: number): void {
  const { IfModifiedSince: since } = conditions
  const IfModifiedSince = since && since.getTime() > now ? undefined : since
  const broken = brokenCondition({ ...conditions, IfModifiedSince }, source)
  if (broken !== undefined) throw preconditionFailed(`x-amz-copy-source-${broken}`)
}

/** The condition that does not hold. An ETag outweighs a date. */
function brokenCondition(conditions: ReadConditions, { etag, modified }: StoredObject) {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions
  const seconds = Math.floor(modified / 1000)
  if (IfMatch !== undefined) {
    if (!isListed(IfMatch, etag)) return 'If-Match'
  } else if (IfUnmodifiedSince && seconds > secondsOf(IfUnmodifiedSince)) return 'If-Unmodified-Since'
  if (IfNoneMatch !== undefined) {
    if (isListed(IfNoneMatch, etag)) return 'If-None-Match'
  } else if (IfModifiedSince && seconds <= secondsOf(IfModifiedSince)) return 'If-Modified-Since'
  return undefined
}

function isListed(header: string, etag: string): boolean {
  return header.split(',').some((each) => each.trim() === '*' || bareTag(each.trim()) === bareTag(etag))
}

function bareTag(text: string): string {
  return text.replace(/^W\//, '').replaceAll('"', '')
}

function secondsOf(date: Date): number {
  return Math.floor(date.getTime() / 1000)
}

function notModified(etag: string): ServiceError {
  return new ServiceError('NotModified', 304, 'Not Modified', { ETag: etag })
}
