import { randomUUID } from 'node:crypto'
import type { Lifecycle } from '../storage/lifecycle.ts'
import type { EventName } from '../storage/notifications.ts'
import {
  type Bucket,
  isMarker,
  objectKey,
  removeUpload,
  type S3Context,
  type Version,
} from '../storage/store.ts'
import { putVersion, removeVersion, replaceVersion, versionsOf } from '../storage/versions.ts'
import {
  type Candidate,
  dueOfCurrent,
  dueOfNoncurrent,
  isLoneMarkerDue,
  isUploadDue,
  type Moment,
} from './due.ts'

/** A bucket whose rules are carried out. */
interface Ruled {
  context: S3Context
  bucket: Bucket
  lifecycle: Lifecycle
  moment: Moment
  account: string
}

/** Does once to all objects and uploads what the rules of their buckets ask for now. */
export async function carryOut(context: S3Context, account: string, dayMs: number): Promise<void> {
  for (const { name } of [...context.buckets.values()].filter(({ lifecycle }) => lifecycle)) {
    await context.alone(async () => {
      const bucket = context.buckets.get(name)
      if (!bucket?.lifecycle) return
      const ruled = {
        context,
        bucket,
        lifecycle: bucket.lifecycle,
        moment: { now: context.clock(), dayMs },
        account,
      }
      abortUploads(ruled)
      const start = objectKey(bucket, '')
      const places = [...context.objects.keys()].filter((place) => place.startsWith(start))
      for (const place of places) await settleObject(ruled, place.slice(start.length))
    })
  }
}

function abortUploads({ context, bucket, lifecycle, moment }: Ruled): void {
  for (const upload of context.uploads.values()) {
    if (upload.bucket !== bucket.name) continue
    if (isUploadDue(lifecycle, upload.key, upload.initiated, moment)) removeUpload(context, upload)
  }
}

async function settleObject(ruled: Ruled, key: string): Promise<void> {
  const { context, bucket, lifecycle, moment } = ruled
  const [current, ...earlier] = versionsOf(context, objectKey(bucket, key))
  if (!current) return
  for (const [index, version] of earlier.entries()) {
    const { modified: since } = earlier[index - 1] ?? current
    const candidate = candidateOf(key, version, since)
    await apply(ruled, key, version, dueOfNoncurrent(lifecycle, candidate, moment, index))
  }
  const candidate = candidateOf(key, current, current.modified)
  if (!isMarker(current)) return await expireOrMove(ruled, key, current, candidate)
  const isLone = versionsOf(context, objectKey(bucket, key)).length === 1
  if (isLone && isLoneMarkerDue(lifecycle, candidate, moment)) await remove(ruled, key, current)
}

/** In a bucket with versions, an expired object gets a delete marker; else it is gone. */
async function expireOrMove(
  ruled: Ruled,
  key: string,
  current: Version,
  candidate: Candidate,
): Promise<void> {
  const { context, bucket, lifecycle, moment } = ruled
  const due = dueOfCurrent(lifecycle, candidate, moment)
  if (!due?.expires || bucket.versioning === undefined) return await apply(ruled, key, current, due)
  const marker = putVersion(context, bucket, key, { isMarker: true as const, modified: moment.now })
  await tell(ruled, 'LifecycleExpiration:DeleteMarkerCreated', key, marker)
}

async function apply(ruled: Ruled, key: string, version: Version, due: ReturnType<typeof dueOfCurrent>) {
  if (!due) return
  if (due.expires) return await remove(ruled, key, version)
  if (isMarker(version)) return
  const moved = { ...version, StorageClass: due.storageClass }
  replaceVersion(ruled.context, { Bucket: ruled.bucket.name, Key: key }, version, moved)
  await tell(ruled, 'LifecycleTransition', key, moved)
}

async function remove(ruled: Ruled, key: string, version: Version): Promise<void> {
  removeVersion(ruled.context, ruled.bucket, key, version.versionId)
  const { versionId } = version
  await tell(ruled, 'LifecycleExpiration:Delete', key, versionId === undefined ? {} : { versionId })
}

async function tell(
  { context, bucket, account }: Ruled,
  name: EventName,
  key: string,
  version: Partial<Version>,
): Promise<void> {
  await context.notify(bucket, { name, key, version, by: { account, requestId: randomUUID() } })
}

function candidateOf(key: string, version: Version, since: number): Candidate {
  if (isMarker(version)) return { key, size: 0, tags: {}, storageClass: undefined, since }
  return { key, size: version.size, tags: version.tags ?? {}, storageClass: version.StorageClass, since }
}
