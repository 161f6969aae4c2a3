import { randomBytes } from 'node:crypto'
import type { Call } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import { invalidArgument, invalidObjectState, noSuchKey } from './errors.ts'
import {
  type Bucket,
  type BucketRequest,
  isMarker,
  objectKey,
  requireBucket,
  type S3Context,
  type StoredObject,
  type Version,
} from './store.ts'

/** The members of a request that name an object, and perhaps one of its versions. */
export interface ObjectRequest extends BucketRequest {
  Key: string | undefined
  VersionId?: string | undefined
}

/** All versions of an object, the current one first. */
export function versionsOf({ objects, earlier }: S3Context, place: string): Version[] {
  const current = objects.get(place)
  return current ? [current, ...(earlier.get(place) ?? [])] : []
}

/** The current version; undefined if there is none, or the object is deleted. */
export function currentOf({ objects }: S3Context, bucket: Bucket, key: string): StoredObject | undefined {
  const current = objects.get(objectKey(bucket, key))
  return current && !isMarker(current) ? current : undefined
}

/** @throws ServiceError 404; 405 for a delete marker that is named */
export function requireObject(context: S3Context, call: Call, input: ObjectRequest): StoredObject {
  const key = input.Key ?? ''
  const bucket = requireBucket(context, call, input)
  const current = currentOf(context, bucket, key)
  if (input.VersionId === undefined) {
    if (!current) throw noSuchKey(key)
    return current
  }
  checkVersionId(bucket, input.VersionId)
  const found = requireVersion(versionsOf(context, objectKey(bucket, key)), key, input.VersionId)
  if (!isMarker(found)) return found
  const message = 'The specified method is not allowed against this resource.'
  throw new ServiceError('MethodNotAllowed', 405, message, {
    Method: 'GET',
    ResourceType: 'DeleteMarker',
  })
}

function requireVersion(versions: readonly Version[], key: string, id: string): Version {
  const found = versions.find((version) => isVersion(version, id))
  if (found) return found
  throw noSuchVersion(key, id)
}

/** @throws ServiceError 403 for an archived object, whose content can't be read */
export function requireContent({ StorageClass }: StoredObject, message: string): void {
  if (StorageClass === 'GLACIER' || StorageClass === 'DEEP_ARCHIVE') {
    throw invalidObjectState(message, StorageClass)
  }
}

/** Checks the form of an id; a bucket that never kept versions has none. @throws ServiceError 400 */
export function checkVersionId({ versioning }: Bucket, id: string): void {
  if (id === 'null' || (versioning !== undefined && /^[\w.]{32}$/.test(id))) return
  throw invalidArgument('Invalid version id specified', 'versionId', id)
}

/** 404. */
export function noSuchVersion(key: string, id: string): ServiceError {
  const message = 'The specified version does not exist.'
  return new ServiceError('NoSuchVersion', 404, message, { Key: key, VersionId: id })
}

function isVersion({ versionId = 'null' }: Version, id: string): boolean {
  return versionId === id
}

/**
 * Makes a version the current one. The one before stays if the bucket keeps versions, or has an id from a time when it
 * did.
 *
 * @returns the version with its id
 */
export function putVersion<Put extends Version>(
  context: S3Context,
  bucket: Bucket,
  key: string,
  put: Put,
): Put {
  const place = objectKey(bucket, key)
  const isKept = bucket.versioning === 'Enabled'
  const version = isKept ? { ...put, versionId: newVersionId() } : put
  const before = versionsOf(context, place)
  const staying = isKept ? before : before.filter(({ versionId }) => versionId !== undefined)
  setVersions(context, place, [version, ...staying])
  forgetAll(
    context,
    before.filter((each) => !staying.includes(each)),
  )
  return version
}

/** Removes one version for good; the newest one of the others becomes the current one. */
export function removeVersion(
  context: S3Context,
  bucket: Bucket,
  key: string,
  id = 'null',
): Version | undefined {
  const place = objectKey(bucket, key)
  const versions = versionsOf(context, place)
  const removed = versions.find((version) => isVersion(version, id))
  if (!removed) return undefined
  setVersions(
    context,
    place,
    versions.filter((version) => version !== removed),
  )
  forgetAll(context, [removed])
  return removed
}

/** Puts other facts about a version in the place of its present ones. */
export function replaceVersion(
  context: S3Context,
  { Bucket = '', Key = '' }: ObjectRequest,
  present: StoredObject,
  next: StoredObject,
): void {
  const place = `${Bucket}/${Key}`
  const versions = versionsOf(context, place)
  setVersions(
    context,
    place,
    versions.map((version) => (version === present ? next : version)),
  )
}

function setVersions({ objects, earlier }: S3Context, place: string, versions: readonly Version[]): void {
  const [current, ...others] = versions
  if (current) objects.set(place, current)
  else objects.delete(place)
  if (others.length > 0) earlier.set(place, others)
  else earlier.delete(place)
}

function forgetAll(context: S3Context, versions: readonly Version[]): void {
  for (const version of versions) if (!isMarker(version)) context.forget([version])
}

/** 32 characters, as AWS's are. */
function newVersionId(): string {
  return randomBytes(24).toString('base64url').replaceAll('-', '.')
}

/** The member of an answer that tells a new version; the version `null` has none there. */
export function newVersionMember({ versionId }: Version): { VersionId?: string } {
  return versionId === undefined ? {} : { VersionId: versionId }
}

/** The member of an answer; absent in a bucket that never kept versions. */
export function versionMember({ versioning }: Bucket, { versionId }: Version): { VersionId?: string } {
  return versioning === undefined && versionId === undefined ? {} : { VersionId: versionId ?? 'null' }
}
