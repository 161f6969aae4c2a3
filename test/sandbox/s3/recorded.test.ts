import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  ListBucketsCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import { describe, expect, test } from 'vitest'
import { runS3 } from './running-s3.ts'

const Bucket = 'packages'
const unknown = 'x'.repeat(32)
const put = (client: S3Client, Key: string, input: object = {}) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body: 'data', ...input }))

test('a bucket that never kept versions takes no id of one', async () => {
  const { client } = await runS3()
  await put(client, 'a')
  const refusal = { name: 'InvalidArgument', ArgumentName: 'versionId', ArgumentValue: unknown }
  await expect(
    client.send(new GetObjectCommand({ Bucket, Key: 'a', VersionId: unknown })),
  ).rejects.toMatchObject(refusal)
  await expect(
    client.send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId: unknown })),
  ).rejects.toMatchObject(refusal)
  const Objects = [{ Key: 'a', VersionId: unknown }]
  const { Errors, Deleted } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))
  expect([Errors?.map(({ Code }) => Code), Deleted]).toEqual([['NoSuchVersion'], undefined])
})

test('versions are listed with their checksums, and moments have whole seconds', async () => {
  const { client } = await runS3()
  await put(client, 'a', { ChecksumAlgorithm: 'CRC32' })
  const { Versions } = await client.send(new ListObjectVersionsCommand({ Bucket }))
  expect(Versions).toMatchObject([{ ChecksumAlgorithm: ['CRC32'], ChecksumType: 'FULL_OBJECT' }])
  expect((Versions?.[0]?.LastModified?.getTime() ?? 1) % 1000).toBe(0)
  await expect(
    client.send(new ListObjectVersionsCommand({ Bucket, KeyMarker: 'a', VersionIdMarker: '' })),
  ).rejects.toMatchObject({ name: 'InvalidArgument', message: 'A version-id marker cannot be empty.' })
})

test('the setting of versions is required', async () => {
  const { client } = await runS3()
  await expect(
    client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: {} })),
  ).rejects.toMatchObject({ name: 'IllegalVersioningConfigurationException' })
})

describe('tags', () => {
  test.each(['a=1&a=2', 'a=1,b=2'])('in the header %s are refused as a whole', async (Tagging) => {
    const { client } = await runS3()
    await expect(put(client, 'a', { Tagging })).rejects.toMatchObject({
      name: 'InvalidArgument',
      ArgumentName: 'x-amz-tagging',
      ArgumentValue: Tagging,
    })
  })

  test.each([
    [{ Key: 'a', Value: 'b,c' }, 'The TagValue you have provided is invalid'],
    [{ Key: 'aws:a', Value: 'b' }, 'System tags cannot be added/updated by requester'],
  ])('of a bucket: %j is refused', async (tag, message) => {
    const { client } = await runS3()
    await expect(
      client.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [tag] } })),
    ).rejects.toMatchObject({ name: 'InvalidTag', message })
  })

  test('of a bucket are put with 204, and those of no object name the bucket too', async () => {
    const { client } = await runS3()
    const Tagging = { TagSet: [{ Key: 'a', Value: 'b' }] }
    const { $metadata } = await client.send(new PutBucketTaggingCommand({ Bucket, Tagging }))
    expect($metadata.httpStatusCode).toBe(204)
    await expect(client.send(new GetObjectTaggingCommand({ Bucket, Key: 'gone' }))).rejects.toMatchObject({
      name: 'NoSuchKey',
      Key: 'packages/gone',
    })
  })
})

test.each([
  [{ CopySourceIfMatch: '"x"' }, 'If-Match'],
  [{ CopySourceIfNoneMatch: '"8d777f385d3dfec8815d20f7496026dc"' }, 'If-None-Match'],
  [{ CopySourceIfModifiedSince: new Date('2026-11-21T10:00:00Z') }, 'If-Modified-Since'],
  [{ CopySourceIfUnmodifiedSince: new Date('2026-11-20T10:00:00Z') }, 'If-Unmodified-Since'],
])('a copy with the condition %j names it', async (condition, name) => {
  const { client } = await runS3()
  await put(client, 'a')
  const copy = (given: object) =>
    client.send(new CopyObjectCommand({ Bucket, Key: 'b', CopySource: `${Bucket}/a`, ...given }))
  await expect(copy(condition)).rejects.toMatchObject({
    name: 'PreconditionFailed',
    Condition: `x-amz-copy-source-${name}`,
  })
  // A time that has not come is no condition.
  await copy({ CopySourceIfModifiedSince: new Date('2026-11-22T10:00:00Z') })
})

test('a checksum that is none of its algorithm is refused as such', async () => {
  const { client } = await runS3()
  await expect(put(client, 'a', { ChecksumSHA256: 'bad' })).rejects.toMatchObject({
    name: 'InvalidRequest',
    message: 'Value for x-amz-checksum-sha256 header is invalid.',
  })
})

test('lists tell what AWS tells', async () => {
  const { client } = await runS3()
  for (const Key of ['a', 'b', 'c']) await put(client, Key)
  const first = await client.send(new ListObjectsV2Command({ Bucket, MaxKeys: 1 }))
  const rest = await client.send(
    new ListObjectsV2Command({ Bucket, StartAfter: 'b', ContinuationToken: first.NextContinuationToken }),
  )
  expect([rest.StartAfter, rest.Contents?.map(({ Key }) => Key)]).toEqual([undefined, ['b', 'c']])
  const { Buckets } = await client.send(new ListBucketsCommand({ Prefix: 'pack' }))
  expect(Buckets).toMatchObject([{ BucketRegion: 'eu-west-1' }])
  const uploads = await client.send(new ListMultipartUploadsCommand({ Bucket }))
  expect(uploads).toMatchObject({ NextKeyMarker: '', NextUploadIdMarker: '' })
  expect(uploads.Prefix).toBeUndefined()
})

test('answers and errors name the request as S3 does', async () => {
  const { client } = await runS3()
  const { $metadata } = await put(client, 'a')
  expect($metadata).toMatchObject({ extendedRequestId: expect.stringMatching(/^[\w+/]{86}==$/) as string })
  const error = await client
    .send(new GetObjectCommand({ Bucket, Key: 'gone' }))
    .catch((caught: unknown) => caught)
  expect(error).toMatchObject({
    HostId: expect.stringMatching(/==$/) as string,
    $metadata: { extendedRequestId: expect.any(String) as string },
  })
})
