import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { runS3 } from './running-s3.ts'

const Bucket = 'packages'
const keys = ['a.zip', 'shop/1.zip', 'shop/2.zip', 'shop/deep/3.zip', 'tools & co/+é.zip', 'z.zip']

async function fill(client: S3Client): Promise<void> {
  for (const Key of keys) await client.send(new PutObjectCommand({ Bucket, Key, Body: Key }))
}

test('objects are listed in order, page by page, rolled up at a delimiter', async () => {
  const { client } = await runS3()
  await fill(client)
  const seen: (string | undefined)[] = []
  for await (const page of paginateListObjectsV2({ client, pageSize: 1 }, { Bucket, Delimiter: '/' })) {
    seen.push(...(page.Contents ?? []).map(({ Key }) => Key))
    seen.push(...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix))
    expect(page.KeyCount).toBe(1)
  }
  expect(seen).toEqual(['a.zip', 'shop/', 'tools & co/', 'z.zip'])
  const inside = await client.send(
    new ListObjectsV2Command({ Bucket, Prefix: 'shop/', StartAfter: 'shop/1.zip', FetchOwner: true }),
  )
  expect(inside).toMatchObject({ IsTruncated: false, KeyCount: 2, Prefix: 'shop/', MaxKeys: 1000 })
  expect(inside.Contents?.[0]).toMatchObject({
    Key: 'shop/2.zip',
    Size: 10,
    StorageClass: 'STANDARD',
    Owner: { ID: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
  })
})

test('the first version of the list goes on by a key, and keys are encoded on request', async () => {
  const { client } = await runS3()
  await fill(client)
  const first = await client.send(new ListObjectsCommand({ Bucket, Delimiter: '/', MaxKeys: 2 }))
  expect(first).toMatchObject({ IsTruncated: true, NextMarker: 'shop/' })
  const rest = await client.send(
    new ListObjectsCommand({ Bucket, Delimiter: '/', Marker: first.NextMarker, EncodingType: 'url' }),
  )
  expect(rest).toMatchObject({
    IsTruncated: false,
    CommonPrefixes: [{ Prefix: 'tools+%26+co/' }],
    Contents: [{ Key: 'z.zip' }],
  })
  await expect(
    client.send(new ListObjectsV2Command({ Bucket, ContinuationToken: 'none' })),
  ).rejects.toMatchObject({ name: 'InvalidArgument' })
})

test('a list goes on after the object that stands for its folder', async () => {
  const { client } = await runS3()
  for (const Key of ['shop/', 'shop/1.zip'])
    await client.send(new PutObjectCommand({ Bucket, Key, Body: '' }))
  const list = async (Marker?: string) => {
    const folder = { Bucket, Prefix: 'shop/', Delimiter: '/', MaxKeys: 1, Marker }
    return await client.send(new ListObjectsCommand(folder))
  }
  const first = await list()
  expect(first).toMatchObject({ IsTruncated: true, NextMarker: 'shop/', Contents: [{ Key: 'shop/' }] })
  expect(await list(first.NextMarker)).toMatchObject({ Contents: [{ Key: 'shop/1.zip' }] })
})

test('many objects are deleted at once, then their bucket', async () => {
  const { client, contents } = await runS3()
  await fill(client)
  await expect(client.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({
    name: 'BucketNotEmpty',
    BucketName: Bucket,
  })
  const Objects = [...keys, 'never there'].map((Key) => ({ Key }))
  const { Deleted, Errors } = await client.send(
    new DeleteObjectsCommand({ Bucket, Delete: { Objects: [...Objects, { Key: 'a.zip', ETag: '"0"' }] } }),
  )
  expect(Deleted?.map(({ Key }) => Key)).toEqual([...keys, 'never there'])
  expect(Errors).toMatchObject([{ Key: 'a.zip', Code: 'PreconditionFailed' }])
  await expect.poll(contents).toBe(0)
  await client.send(new DeleteBucketCommand({ Bucket }))
  await expect(client.send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'NotFound' })
})

test('us-east-1 makes buckets for every Region, and takes its own again', async () => {
  const { client, clientIn } = await runS3()
  const east = clientIn('us-east-1')
  const make = (Name: string, LocationConstraint?: string) =>
    east.send(
      new CreateBucketCommand({
        Bucket: Name,
        ...(LocationConstraint && {
          CreateBucketConfiguration: { LocationConstraint: LocationConstraint as 'eu-west-1' },
        }),
      }),
    )
  expect(await make('east-bucket')).toMatchObject({ BucketArn: 'arn:aws:s3:::east-bucket' })
  await make('east-bucket')
  await make('west-bucket', 'eu-west-2')
  await expect(make('other', 'us-east-1')).rejects.toMatchObject({ name: 'InvalidLocationConstraint' })
  const location = async (Name: string) =>
    (await client.send(new GetBucketLocationCommand({ Bucket: Name }))).LocationConstraint
  expect(await location('west-bucket')).toBe('eu-west-2')
  const { Buckets, Owner } = await client.send(new ListBucketsCommand({}))
  expect(Buckets?.map(({ Name }) => Name)).toEqual(['east-bucket', 'packages', 'west-bucket'])
  expect(Owner?.ID).toMatch(/^[0-9a-f]{64}$/)
})
