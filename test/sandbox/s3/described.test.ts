import { gzipSync } from 'node:zlib'
import {
  CopyObjectCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { runS3 } from './running-s3.ts'

const place = { Bucket: 'packages', Key: 'report.json' }
const description = {
  ContentType: 'application/json',
  ContentEncoding: 'gzip',
  CacheControl: 'no-cache',
  ContentDisposition: 'attachment',
  ContentLanguage: 'en',
  StorageClass: 'STANDARD_IA',
  Metadata: { commit: 'abc', 'built-by': 'ci' },
} as const

test('a gzipped object comes back as it was sent, with everything that described it', async () => {
  const { client } = await runS3()
  const Body = gzipSync('{"a":1}')
  await client.send(
    new PutObjectCommand({
      ...place,
      ...description,
      Body,
      Expires: new Date('2027-01-01T00:00:00Z'),
      Tagging: 'team=shop&env=prod',
    }),
  )
  const got = await client.send(new GetObjectCommand(place))
  expect(Buffer.from((await got.Body?.transformToByteArray()) ?? [])).toEqual(Body)
  expect(got).toMatchObject({ ...description, AcceptRanges: 'bytes', TagCount: 2 })
  expect(got.ExpiresString).toBe('Fri, 01 Jan 2027 00:00:00 GMT')
  const { TagSet } = await client.send(new GetObjectTaggingCommand(place))
  expect(TagSet).toEqual([
    { Key: 'team', Value: 'shop' },
    { Key: 'env', Value: 'prod' },
  ])
  await expect(
    client.send(new PutObjectCommand({ ...place, Body, ACL: 'public-read' })),
  ).rejects.toMatchObject({ name: 'AccessControlListNotSupported' })
})

test.each<[Partial<GetObjectCommandInput>, string, string]>([
  [{ Range: 'bytes=2-4' }, '234', 'bytes 2-4/10'],
  [{ Range: 'bytes=7-' }, '789', 'bytes 7-9/10'],
  [{ Range: 'bytes=-2' }, '89', 'bytes 8-9/10'],
  [{ Range: 'bytes=5-99' }, '56789', 'bytes 5-9/10'],
  [{ PartNumber: 1 }, '0123456789', 'bytes 0-9/10'],
])('of an object, %j is %s', async (asked, text, ContentRange) => {
  const { client } = await runS3()
  await client.send(new PutObjectCommand({ ...place, Body: '0123456789' }))
  const got = await client.send(new GetObjectCommand({ ...place, ...asked }))
  expect(await got.Body?.transformToString()).toBe(text)
  expect(got).toMatchObject({
    ContentRange,
    ContentLength: text.length,
    $metadata: { httpStatusCode: 206 },
  })
})

test('a range outside of an object is refused, and one that cannot be read is left out of account', async () => {
  const { client } = await runS3()
  await client.send(new PutObjectCommand({ ...place, Body: '0123456789' }))
  await expect(client.send(new GetObjectCommand({ ...place, Range: 'bytes=10-' }))).rejects.toMatchObject({
    name: 'InvalidRange',
    ActualObjectSize: '10',
    $metadata: { httpStatusCode: 416 },
  })
  const got = await client.send(new GetObjectCommand({ ...place, Range: 'bytes=0-1,4-5' }))
  expect(await got.Body?.transformToString()).toBe('0123456789')
})

test('a copy has its description from the source, or from the request that replaces it', async () => {
  const { client } = await runS3()
  await client.send(new PutObjectCommand({ ...place, ...description, Body: 'x', Tagging: 'a=b' }))
  const copy = (Key: string, input: object = {}) =>
    client.send(new CopyObjectCommand({ ...place, Key, CopySource: 'packages/report.json', ...input }))
  const { CopyObjectResult } = await copy('same name +é.json')
  const head = (Key: string) => client.send(new HeadObjectCommand({ ...place, Key }))
  const { StorageClass: _, ...taken } = description
  expect(await head('same name +é.json')).toMatchObject({
    ...taken,
    ETag: CopyObjectResult?.ETag,
    TagCount: 1,
  })
  await copy('other', { MetadataDirective: 'REPLACE', ContentType: 'text/plain', Metadata: { own: 'yes' } })
  const other = await head('other')
  expect(other).toMatchObject({ ContentType: 'text/plain', Metadata: { own: 'yes' } })
  expect(other.CacheControl).toBeUndefined()
  await expect(copy(place.Key)).rejects.toMatchObject({ name: 'InvalidRequest' })
  const back = new CopyObjectCommand({
    ...place,
    CopySource: encodeURI('packages/same name +é.json').replace('+', '%2B'),
    CopySourceIfMatch: '"0"',
  })
  await expect(client.send(back)).rejects.toMatchObject({ name: 'PreconditionFailed' })
})

test('the attributes of an object are those that are asked for', async () => {
  const { client } = await runS3()
  await client.send(new PutObjectCommand({ ...place, Body: 'zip', ChecksumAlgorithm: 'CRC64NVME' }))
  const ObjectAttributes = ['ETag', 'Checksum', 'ObjectSize'] as const
  const { ETag, Checksum, ObjectSize, StorageClass } = await client.send(
    new GetObjectAttributesCommand({ ...place, ObjectAttributes: [...ObjectAttributes] }),
  )
  expect({ ETag, ObjectSize, StorageClass }).toEqual({
    ETag: 'adcdbd79a8d84175c229b192aadc02f2',
    ObjectSize: 3,
    StorageClass: undefined,
  })
  expect(Checksum).toEqual({ ChecksumCRC64NVME: expect.any(String) as string, ChecksumType: 'FULL_OBJECT' })
})
