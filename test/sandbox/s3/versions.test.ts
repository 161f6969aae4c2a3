import {
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { runS3 } from './running-s3.ts'

const place = { Bucket: 'packages', Key: 'app.zip' }

test('a bucket keeps the versions of its objects, and gives them back by their ids', async () => {
  const { client, contents, read } = await runS3()
  const put = async (Body: string) => (await client.send(new PutObjectCommand({ ...place, Body }))).VersionId
  const text = async (VersionId?: string) => {
    const got = await client.send(new GetObjectCommand({ ...place, VersionId }))
    return await got.Body?.transformToString()
  }
  const version = (Status: 'Enabled' | 'Suspended') =>
    client.send(new PutBucketVersioningCommand({ Bucket: place.Bucket, VersioningConfiguration: { Status } }))
  expect(await put('none')).toBeUndefined()
  await version('Enabled')
  const one = await put('one')
  const two = await put('two')
  expect([await text(), await text(one), await text('null')]).toEqual(['two', 'one', 'none'])
  const caller = { account: '123456789012', region: 'eu-west-1' }
  expect(String(await read({ ...place, VersionId: one }, caller))).toBe('one')
  await expect(text('x'.repeat(32))).rejects.toMatchObject({ name: 'NoSuchVersion' })

  const deleted = await client.send(new DeleteObjectCommand(place))
  expect(deleted).toMatchObject({ DeleteMarker: true, VersionId: expect.any(String) as string })
  await expect(text()).rejects.toMatchObject({ name: 'NoSuchKey' })
  await expect(text(deleted.VersionId)).rejects.toMatchObject({ name: 'MethodNotAllowed' })
  expect((await client.send(new ListObjectsV2Command({ Bucket: place.Bucket }))).KeyCount).toBe(0)
  const listed = await client.send(new ListObjectVersionsCommand({ Bucket: place.Bucket }))
  expect(listed.Versions?.map(({ VersionId, IsLatest }) => [VersionId, IsLatest])).toEqual([
    [two, false],
    [one, false],
    ['null', false],
  ])
  expect(listed.DeleteMarkers).toMatchObject([{ VersionId: deleted.VersionId, IsLatest: true }])

  await client.send(new DeleteObjectCommand({ ...place, VersionId: deleted.VersionId }))
  await client.send(new DeleteObjectCommand({ ...place, VersionId: two }))
  expect(await text()).toBe('one')
  await version('Suspended')
  // AWS does not tell the id of the version `null` when it is written.
  expect(await put('null again')).toBeUndefined()
  expect([await text('null'), await text(one)]).toEqual(['null again', 'one'])
  await expect.poll(contents).toBe(2)
})

test('a bucket is emptied page by page, also where a page ends within the versions of one object', async () => {
  const { client } = await runS3()
  const { Bucket } = place
  await client.send(
    new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }),
  )
  for (const Key of ['a', 'a', 'a', 'b', 'b']) {
    await client.send(new PutObjectCommand({ Bucket, Key, Body: Key }))
  }
  let marker = {}
  for (let isTruncated = true; isTruncated; ) {
    const page = await client.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 2, ...marker }))
    const Objects = page.Versions?.map(({ Key, VersionId }) => ({ Key, VersionId }))
    await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))
    marker = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
    isTruncated = page.IsTruncated ?? false
  }
  await expect(client.send(new DeleteBucketCommand({ Bucket }))).resolves.toBeDefined()
})
