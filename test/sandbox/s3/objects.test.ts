import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { runS3 } from './running-s3.ts'

const sha256 = (content: string) => createHash('sha256').update(content).digest('base64')
const place = { Bucket: 'packages', Key: 'shop/checkout & co/a+b.zip' }

test('an object comes back as it was put, with its size, ETag, type and checksum', async () => {
  const { client } = await runS3()
  const put = await client.send(
    new PutObjectCommand({
      ...place,
      Body: 'zip',
      ContentType: 'application/zip',
      ChecksumSHA256: sha256('zip'),
    }),
  )
  expect(put).toMatchObject({ ETag: '"adcdbd79a8d84175c229b192aadc02f2"', ChecksumSHA256: sha256('zip') })
  const head = await client.send(new HeadObjectCommand({ ...place, ChecksumMode: 'ENABLED' }))
  expect(head).toMatchObject({
    ContentLength: 3,
    ContentType: 'application/zip',
    ChecksumSHA256: sha256('zip'),
    ChecksumType: 'FULL_OBJECT',
    LastModified: new Date('2026-11-21T10:00:00Z'),
  })
  const got = await client.send(new GetObjectCommand({ ...place, ChecksumMode: 'ENABLED' }))
  expect(await got.Body?.transformToString()).toBe('zip')
})

test('a body with another checksum than it came with is refused, and nothing is stored', async () => {
  const { client, contents } = await runS3()
  const put = new PutObjectCommand({ ...place, Body: 'zip', ChecksumSHA256: sha256('other') })
  await expect(client.send(put)).rejects.toMatchObject({
    name: 'BadDigest',
    $metadata: { httpStatusCode: 400 },
  })
  await expect(client.send(new HeadObjectCommand(place))).rejects.toMatchObject({ name: 'NotFound' })
  await expect.poll(contents).toBe(0)
})

test('a stream arrives whole, with the checksum that follows it', async () => {
  const { client } = await runS3()
  const body = Readable.from([Buffer.from('first '), Buffer.alloc(100_000, 'x'), Buffer.from(' last')])
  await client.send(
    new PutObjectCommand({ ...place, Body: body, ContentLength: 100_011, ChecksumAlgorithm: 'SHA256' }),
  )
  const got = await client.send(new GetObjectCommand({ ...place, ChecksumMode: 'ENABLED' }))
  const text = (await got.Body?.transformToString()) ?? ''
  expect([text.length, text.slice(0, 7), text.slice(-6)]).toEqual([100_011, 'first x', 'x last'])
  expect(got.ChecksumSHA256).toBe(sha256(text))
})

test('the only part of an empty object is the whole of it', async () => {
  const { client } = await runS3()
  await client.send(new PutObjectCommand({ ...place, Body: '' }))
  const got = await client.send(new GetObjectCommand({ ...place, PartNumber: 1 }))
  expect(got).toMatchObject({ $metadata: { httpStatusCode: 200 }, ContentLength: 0 })
  expect(got.ContentRange).toBeUndefined()
  expect(await got.Body?.transformToString()).toBe('')
  await expect(client.send(new GetObjectCommand({ ...place, PartNumber: 2 }))).rejects.toMatchObject({
    name: 'InvalidPartNumber',
  })
})

test('a deleted object is gone, its content too once no object has it', async () => {
  const { client, contents } = await runS3()
  await client.send(new PutObjectCommand({ ...place, Body: 'zip' }))
  await client.send(new PutObjectCommand({ ...place, Key: 'copy', Body: 'zip' }))
  await expect.poll(contents).toBe(1)
  await client.send(new DeleteObjectCommand(place))
  await expect(client.send(new GetObjectCommand(place))).rejects.toMatchObject({ name: 'NoSuchKey' })
  await expect.poll(contents).toBe(1)
  await client.send(new DeleteObjectCommand({ ...place, Key: 'copy' }))
  await expect.poll(contents).toBe(0)
})

test('buckets have an owner, a Region and a name of their own', async () => {
  const { client } = await runS3()
  const denied = new PutObjectCommand({ ...place, Body: 'zip', ExpectedBucketOwner: '999999999999' })
  await expect(client.send(denied)).rejects.toMatchObject({ name: 'AccessDenied', message: 'Access Denied' })
  expect(await client.send(new HeadBucketCommand({ Bucket: 'packages' }))).toMatchObject({
    BucketRegion: 'eu-west-1',
  })
  const create = (Bucket: string, LocationConstraint: 'eu-west-1' | 'eu-west-2') =>
    client.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } }))
  await expect(create('packages', 'eu-west-1')).rejects.toMatchObject({ name: 'BucketAlreadyOwnedByYou' })
  await expect(create('elsewhere', 'eu-west-2')).rejects.toMatchObject({
    name: 'IllegalLocationConstraintException',
  })
  await expect(create('No', 'eu-west-1')).rejects.toMatchObject({ name: 'InvalidBucketName' })
  const missing = new GetObjectCommand({ Bucket: 'none', Key: 'a' })
  await expect(client.send(missing)).rejects.toMatchObject({ name: 'NoSuchBucket' })
})

test('an operation or a parameter that the sandbox does not have is refused by its name', async () => {
  const { client } = await runS3()
  await client.send(new PutObjectCommand({ ...place, Body: 'zip' }))
  await expect(client.send(new GetObjectAclCommand(place))).rejects.toMatchObject({
    name: 'NotImplemented',
    message: 'The sandbox does not have s3:GetObjectAcl.',
    $metadata: { httpStatusCode: 501 },
  })
  const locked = new PutObjectCommand({ ...place, Body: 'zip', ObjectLockMode: 'COMPLIANCE' })
  await expect(client.send(locked)).rejects.toMatchObject({
    name: 'NotImplemented',
    message: 'The sandbox does not have the parameter ObjectLockMode.',
  })
})
