import { createHash } from 'node:crypto'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { expect, test } from 'vitest'
import { runS3 } from './running-s3.ts'

const place = { Bucket: 'packages', Key: 'large.zip' }
const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest()
const first = Buffer.alloc(5_242_880, 'a')
const second = Buffer.from('the end')

async function begin(client: S3Client, Key = place.Key): Promise<string> {
  const begun = await client.send(
    new CreateMultipartUploadCommand({ ...place, Key, ChecksumAlgorithm: 'SHA256' }),
  )
  return begun.UploadId ?? ''
}

async function upload(client: S3Client, UploadId: string, PartNumber: number, Body: Uint8Array) {
  const { ETag, ChecksumSHA256 } = await client.send(
    new UploadPartCommand({ ...place, UploadId, PartNumber, Body, ChecksumAlgorithm: 'SHA256' }),
  )
  return { PartNumber, ETag, ChecksumSHA256 }
}

const complete = (client: S3Client, UploadId: string, Parts: object[]) =>
  client.send(new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload: { Parts } }))

test('parts become one object with a checksum over their checksums', async () => {
  const { client, contents } = await runS3()
  const id = await begin(client)
  const parts = [await upload(client, id, 1, first), await upload(client, id, 2, second)]
  await complete(client, id, parts)
  const composite = `${sha256(Buffer.concat([sha256(first), sha256(second)])).toString('base64')}-2`
  const head = await client.send(new HeadObjectCommand({ ...place, ChecksumMode: 'ENABLED' }))
  expect(head).toMatchObject({
    ContentLength: first.length + second.length,
    ChecksumSHA256: composite,
    ChecksumType: 'COMPOSITE',
    ETag: expect.stringMatching(/^"[0-9a-f]{32}-2"$/) as string,
  })
  const body = await (await client.send(new GetObjectCommand(place))).Body?.transformToByteArray()
  expect(Buffer.concat([first, second]).equals(Buffer.from(body ?? []))).toBe(true)
  await expect.poll(contents).toBe(1)
})

test('uploads and parts are listed, page by page', async () => {
  const { client } = await runS3()
  const id = await begin(client)
  const other = await begin(client, 'other.zip')
  await upload(client, id, 3, second)
  await upload(client, id, 1, first)
  const page = await client.send(new ListMultipartUploadsCommand({ Bucket: 'packages', MaxUploads: 1 }))
  expect(page).toMatchObject({
    IsTruncated: true,
    Uploads: [{ Key: 'large.zip', UploadId: id, ChecksumAlgorithm: 'SHA256' }],
  })
  const { NextKeyMarker: KeyMarker, NextUploadIdMarker: UploadIdMarker } = page
  const rest = await client.send(
    new ListMultipartUploadsCommand({ Bucket: 'packages', KeyMarker, UploadIdMarker }),
  )
  expect(rest.Uploads?.map(({ UploadId }) => UploadId)).toEqual([other])
  const parts = await client.send(new ListPartsCommand({ ...place, UploadId: id, MaxParts: 1 }))
  expect(parts).toMatchObject({ IsTruncated: true, Parts: [{ PartNumber: 1, Size: first.length }] })
  const more = await client.send(
    new ListPartsCommand({ ...place, UploadId: id, PartNumberMarker: parts.NextPartNumberMarker }),
  )
  expect(more.Parts).toMatchObject([{ PartNumber: 3, ChecksumSHA256: sha256(second).toString('base64') }])
})

test('uploads of one key are listed on after the last one of a page is aborted', async () => {
  const { client } = await runS3()
  const [older, newer] = [await begin(client), await begin(client)]
  const list = async (more = {}) =>
    client.send(new ListMultipartUploadsCommand({ Bucket: place.Bucket, ...more }))
  const { NextKeyMarker: KeyMarker, NextUploadIdMarker: UploadIdMarker } = await list({ MaxUploads: 1 })
  expect(UploadIdMarker).toBe(older)
  await client.send(new AbortMultipartUploadCommand({ ...place, UploadId: older }))
  const { Uploads } = await list({ KeyMarker, UploadIdMarker })
  expect(Uploads?.map(({ UploadId }) => UploadId)).toEqual([newer])
  const ofNoKey = await list({ UploadIdMarker: newer })
  expect(ofNoKey).toMatchObject({ UploadIdMarker: newer, Uploads: [{ UploadId: newer }] })
})

test('a part with a wrong checksum, parts out of order, too small or unknown are refused as S3 does', async () => {
  const { client } = await runS3()
  const id = await begin(client)
  const wrong = new UploadPartCommand({
    ...place,
    UploadId: id,
    PartNumber: 1,
    Body: first,
    ChecksumSHA256: sha256(second).toString('base64'),
  })
  await expect(client.send(wrong)).rejects.toMatchObject({ name: 'BadDigest' })
  const one = await upload(client, id, 1, second)
  const two = await upload(client, id, 2, second)
  const order = 'The list of parts was not in ascending order. Parts must be ordered by part number.'
  const refusals: [object[], object][] = [
    [[two, one], { name: 'InvalidPartOrder', message: order, UploadId: id }],
    [[one, two], { name: 'EntityTooSmall', PartNumber: '1', MinSizeAllowed: '5242880' }],
    [[{ ...one, ETag: '"0"' }], { name: 'InvalidPart', PartNumber: '1', UploadId: id }],
    [[{ ...one, ChecksumSHA256: undefined }], { name: 'InvalidRequest' }],
    [[], { name: 'MalformedXML' }],
  ]
  for (const [parts, refusal] of refusals) {
    await expect(complete(client, id, parts)).rejects.toMatchObject(refusal)
  }
  const unknown = { name: 'NoSuchUpload', UploadId: 'unknown' }
  await expect(complete(client, 'unknown', [one])).rejects.toMatchObject(unknown)
})

test('a number of a part, and the bounds of a list of parts, are named where they are out of bounds', async () => {
  const { client } = await runS3()
  const id = await begin(client)
  const invalid = (ArgumentName: string, ArgumentValue: string) => ({
    name: 'InvalidArgument',
    ArgumentName,
    ArgumentValue,
  })
  await expect(upload(client, id, 10_001, second)).rejects.toMatchObject(invalid('partNumber', '10001'))
  const list = (bounds: object) => client.send(new ListPartsCommand({ ...place, UploadId: id, ...bounds }))
  await expect(list({ MaxParts: -1 })).rejects.toMatchObject(invalid('max-parts', '-1'))
  await expect(list({ PartNumberMarker: '-1' })).rejects.toMatchObject(invalid('part-number-marker', '-1'))
  expect(await list({})).toMatchObject({ PartNumberMarker: '0', MaxParts: 1000 })
})

test('an upload that is completed again gets the same answer, since the first one may be lost', async () => {
  const { client } = await runS3()
  const id = await begin(client)
  const parts = [await upload(client, id, 1, second)]
  const { $metadata: _, ...answer } = await complete(client, id, parts)
  expect(await complete(client, id, parts)).toMatchObject(answer)
  await expect(client.send(new ListPartsCommand({ ...place, UploadId: id }))).rejects.toMatchObject({
    name: 'NoSuchUpload',
    UploadId: id,
  })
})

test('a part can be copied out of an object, and is read by its number', async () => {
  const { client } = await runS3()
  await client.send(new PutObjectCommand({ ...place, Key: 'source', Body: Buffer.concat([first, second]) }))
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(place))
  const copy = async (PartNumber: number, CopySourceRange: string) => {
    const CopySource = 'packages/source'
    const { CopyPartResult } = await client.send(
      new UploadPartCopyCommand({ ...place, UploadId, PartNumber, CopySource, CopySourceRange }),
    )
    return { PartNumber, ETag: CopyPartResult?.ETag }
  }
  const parts = [
    await copy(1, `bytes=0-${first.length - 1}`),
    await copy(2, `bytes=${first.length}-${first.length + second.length - 1}`),
  ]
  await complete(client, UploadId ?? '', parts)
  const got = await client.send(new GetObjectCommand({ ...place, PartNumber: 2 }))
  expect(await got.Body?.transformToString()).toBe(String(second))
  expect(got.PartsCount).toBe(2)
})

test('the last part of an object may be empty, and is read so', async () => {
  const { client } = await runS3()
  const id = await begin(client)
  const parts = [await upload(client, id, 1, first), await upload(client, id, 2, new Uint8Array())]
  await complete(client, id, parts)
  const got = await client.send(new GetObjectCommand({ ...place, PartNumber: 2 }))
  expect(got).toMatchObject({ ContentLength: 0, PartsCount: 2 })
  expect(await got.Body?.transformToString()).toBe('')
})

test('an aborted upload leaves nothing', async () => {
  const { client, contents } = await runS3()
  const id = await begin(client)
  await upload(client, id, 1, first)
  await client.send(new AbortMultipartUploadCommand({ ...place, UploadId: id }))
  await expect.poll(contents).toBe(0)
  await expect(client.send(new ListPartsCommand({ ...place, UploadId: id }))).rejects.toMatchObject({
    name: 'NoSuchUpload',
  })
})

test("AWS's own uploader gets through", async () => {
  const { client } = await runS3()
  const body = Buffer.concat([first, first, second])
  await new Upload({ client, params: { ...place, Body: body } }).done()
  const head = await client.send(new HeadObjectCommand(place))
  expect(head.ContentLength).toBe(body.length)
})
