import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketLifecycleCommand,
  GetBucketLifecycleConfigurationCommand,
  GetObjectCommand,
  HeadObjectCommand,
  type LifecycleRule,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { expect, onTestFinished, test, vi } from 'vitest'
import { s3Service } from '../../../../src/sandbox/s3/service.ts'
import { clientSettings, serve } from '../../serve.ts'

const dayMs = 86_400_000
const place = { Bucket: 'photos' }

/** A bucket `photos` in S3 whose clock stands until `pass` moves it. */
async function start() {
  const directory = await mkdtemp(join(tmpdir(), 'lambdactl-s3-'))
  let now = Date.parse('2026-11-21T10:00:00Z')
  const pace = { realMs: () => 10, beatMs: () => 10 }
  const s3 = s3Service({ directory, clock: () => now, pace })
  const server = await serve([s3.service], '123456789012')
  const client = new S3Client({ ...clientSettings(server.endpoint, 'us-east-1'), forcePathStyle: true })
  onTestFinished(async () => {
    s3.close()
    client.destroy()
    await server.close()
    await rm(directory, { recursive: true, force: true })
  })
  await client.send(new CreateBucketCommand(place))
  const rule = (more: Partial<LifecycleRule>) =>
    client.send(
      new PutBucketLifecycleConfigurationCommand({
        ...place,
        LifecycleConfiguration: { Rules: [{ ID: 'archive', Status: 'Enabled', ...more }] },
      }),
    )
  const classOf = async (Key: string) =>
    (await client.send(new ListObjectsV2Command({ ...place, Prefix: Key }))).Contents?.[0]?.StorageClass
  return { client, rule, classOf, pass: (days: number) => (now += days * dayMs) }
}

test('an object goes to STANDARD_IA, then to GLACIER where it can not be read, and expires', async () => {
  const { client, rule, classOf, pass } = await start()
  const object = { ...place, Key: 'in/a.csv' }
  await client.send(new PutObjectCommand({ ...object, Body: 'a,b' }))
  await client.send(new PutObjectCommand({ ...place, Key: 'other', Body: 'x' }))
  await rule({
    Filter: { And: { Prefix: 'in/', ObjectSizeGreaterThan: 0 } },
    Transitions: [
      { Days: 30, StorageClass: 'STANDARD_IA' },
      { Days: 60, StorageClass: 'GLACIER' },
    ],
    Expiration: { Days: 365 },
  })
  expect(await classOf('in/')).toBe('STANDARD')
  pass(31)
  await vi.waitFor(async () => expect(await classOf('in/')).toBe('STANDARD_IA'))
  expect(await client.send(new HeadObjectCommand(object))).toMatchObject({ StorageClass: 'STANDARD_IA' })
  expect(await (await client.send(new GetObjectCommand(object))).Body?.transformToString()).toBe('a,b')
  pass(30)
  await vi.waitFor(async () => expect(await classOf('in/')).toBe('GLACIER'))
  const archived = { name: 'InvalidObjectState', $metadata: { httpStatusCode: 403 }, StorageClass: 'GLACIER' }
  await expect(client.send(new GetObjectCommand(object))).rejects.toMatchObject(archived)
  const CopySource = 'photos/in/a.csv'
  await expect(
    client.send(new CopyObjectCommand({ ...place, Key: 'copy', CopySource })),
  ).rejects.toMatchObject(archived)
  pass(365)
  await vi.waitFor(async () => expect(await classOf('in/')).toBeUndefined())
  expect(await classOf('other')).toBe('STANDARD')
})

test('in a bucket with versions an expired object gets a delete marker, and old versions go', async () => {
  const { client, rule, pass } = await start()
  await client.send(
    new PutBucketVersioningCommand({ ...place, VersioningConfiguration: { Status: 'Enabled' } }),
  )
  const versions = async () => {
    const found = await client.send(new ListObjectVersionsCommand(place))
    return [found.Versions?.length ?? 0, found.DeleteMarkers?.length ?? 0]
  }
  await client.send(new PutObjectCommand({ ...place, Key: 'a', Body: '1' }))
  await client.send(new PutObjectCommand({ ...place, Key: 'a', Body: '2' }))
  await client.send(new CreateMultipartUploadCommand({ ...place, Key: 'never' }))
  await rule({
    Filter: {},
    Expiration: { Days: 10 },
    NoncurrentVersionExpiration: { NoncurrentDays: 5 },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
  })
  expect(await versions()).toEqual([2, 0])
  pass(6)
  await vi.waitFor(async () => expect(await versions()).toEqual([1, 0]))
  expect((await client.send(new ListMultipartUploadsCommand(place))).Uploads).toBeUndefined()
  pass(5)
  await vi.waitFor(async () => expect(await versions()).toEqual([1, 1]))
  pass(6)
  await vi.waitFor(async () => expect(await versions()).toEqual([0, 1]))
  pass(5)
  await vi.waitFor(async () => expect(await versions()).toEqual([0, 0]))
})

test('a configuration is read as it was put, until it is deleted', async () => {
  const { client, rule } = await start()
  const expires = { Filter: { Prefix: 'a' }, Expiration: { Date: new Date('2027-01-01T00:00:00Z') } }
  await rule(expires)
  expect(await client.send(new GetBucketLifecycleConfigurationCommand(place))).toMatchObject({
    Rules: [{ ID: 'archive', Status: 'Enabled', ...expires }],
    TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K',
  })
  await expect(rule({ Filter: {}, Expiration: { Days: 0 } })).rejects.toMatchObject({
    name: 'InvalidArgument',
    message: "'Days' for Expiration action must be a positive integer",
  })
  await client.send(new DeleteBucketLifecycleCommand(place))
  await expect(client.send(new GetBucketLifecycleConfigurationCommand(place))).rejects.toMatchObject({
    name: 'NoSuchLifecycleConfiguration',
  })
})
