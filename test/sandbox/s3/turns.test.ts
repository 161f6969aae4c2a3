import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import pLimit from 'p-limit'
import { expect, onTestFinished, test } from 'vitest'
import { bucketOperations } from '../../../src/sandbox/s3/buckets/buckets.ts'
import { deleteObjectOperations } from '../../../src/sandbox/s3/objects/delete-object.ts'
import { putObjectOperation } from '../../../src/sandbox/s3/objects/put-object.ts'
import { createBlobs } from '../../../src/sandbox/s3/storage/blobs.ts'
import type { Bucket, S3Context, StoredObject, Version } from '../../../src/sandbox/s3/storage/store.ts'
import { KeptMap } from '../../../src/sandbox/state/kept-map.ts'

const call = { account: '123456789012', region: 'eu-west-1', requestId: '', host: '' }
const place = 'packages/app.zip'
const before: StoredObject = { digest: 'a', size: 1, etag: '"a"', checksum: undefined, modified: 0 }
const kept = { VersioningConfiguration: { Status: 'Enabled' } }

/** The operations of the bucket `packages`. */
async function start() {
  const directory = await mkdtemp(join(tmpdir(), 'lambdactl-s3-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const context = {
    buckets: new KeptMap<Bucket>('bucket'),
    objects: new KeptMap<Version>('object'),
    earlier: new KeptMap<Version[]>('earlier-versions'),
    blobs: createBlobs(directory),
    alone: pLimit(1),
    forget: () => undefined,
    clock: () => 0,
    notify: async () => undefined,
  } as Partial<S3Context> as S3Context
  context.buckets.set('packages', { name: 'packages', region: 'eu-west-1', created: 0 })
  const operations = {
    ...bucketOperations(context),
    ...deleteObjectOperations(context),
    ...putObjectOperation(context),
  }
  const ask = async (name: string, input: object = {}) =>
    operations[name]?.({ Bucket: 'packages', ...input } as never, call)
  /** Puts an object; the change comes between the halves of its body. */
  const putDuring = (change: () => Promise<unknown>) => {
    async function* stream() {
      yield Buffer.from('first ')
      await change()
      yield Buffer.from('last')
    }
    return ask('PutObject', { Key: 'app.zip', Body: { stream } })
  }
  return { context, ask, putDuring, contents: () => readdir(directory) }
}

test('an object whose body is under way when its bucket begins to keep versions is one more version', async () => {
  const { context, ask, putDuring } = await start()
  context.objects.set(place, before)
  expect(await putDuring(() => ask('PutBucketVersioning', kept))).toHaveProperty('VersionId')
  expect(context.earlier.get(place)).toEqual([before])
})

test('an object whose bucket is deleted while its body is under way is refused', async () => {
  const { context, ask, putDuring, contents } = await start()
  await expect(putDuring(() => ask('DeleteBucket'))).rejects.toMatchObject({ code: 'NoSuchBucket' })
  expect([...context.objects]).toEqual([])
  expect(await contents()).toEqual([])
})

test('a delete goes by its bucket as it is in its turn', async () => {
  const { context, ask } = await start()
  context.objects.set(place, before)
  const versioning = ask('PutBucketVersioning', kept)
  const deleted = ask('DeleteObject', { Key: 'app.zip' })
  await versioning
  expect(await deleted).toMatchObject({ DeleteMarker: true })
})

test.each([
  ['DeleteBucket', {}],
  ['PutBucketVersioning', kept],
])('%s waits for a change that is under way', async (name, input) => {
  const { context, ask } = await start()
  const { promise: underWay, resolve: end } = Promise.withResolvers<undefined>()
  const change = context.alone(() => underWay)
  const bucket = context.buckets.get('packages')
  const changed = ask(name, input)
  await setImmediate()
  expect(context.buckets.get('packages')).toBe(bucket)
  end(undefined)
  await Promise.all([change, changed])
  expect(context.buckets.get('packages')).not.toBe(bucket)
})
