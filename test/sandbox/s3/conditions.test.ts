import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { runS3 } from './running-s3.ts'

const place = { Bucket: 'packages', Key: 'app.zip' }
const failed = (Condition: string) => ({ name: 'PreconditionFailed', Condition })

test('a write with a condition changes nothing if the condition does not hold', async () => {
  const { client } = await runS3()
  const put = (input: Partial<PutObjectCommandInput>) =>
    client.send(new PutObjectCommand({ ...place, Body: 'new', ...input }))
  await expect(put({ IfMatch: '"0"' })).rejects.toMatchObject({ name: 'NoSuchKey' })
  const { ETag } = await put({ Body: 'old', IfNoneMatch: '*' })
  await expect(put({ IfNoneMatch: '*' })).rejects.toMatchObject(failed('If-None-Match'))
  await expect(put({ IfMatch: '"0"' })).rejects.toMatchObject(failed('If-Match'))
  await expect(put({ IfNoneMatch: '"0"' })).rejects.toMatchObject({ $metadata: { httpStatusCode: 501 } })
  const remove = new DeleteObjectCommand({ ...place, IfMatch: '"0"' })
  await expect(client.send(remove)).rejects.toMatchObject({ name: 'PreconditionFailed' })
  const got = await client.send(new GetObjectCommand(place))
  expect(await got.Body?.transformToString()).toBe('old')
  await put({ IfMatch: ETag })
  const changed = await client.send(new GetObjectCommand(place))
  expect(await changed.Body?.transformToString()).toBe('new')
})

test('a read with a condition answers 304 for the state that a client has, and 412 for another', async () => {
  const { client } = await runS3()
  const { ETag } = await client.send(new PutObjectCommand({ ...place, Body: 'zip' }))
  const later = new Date('2026-11-22')
  const earlier = new Date('2026-11-20')
  const statusOf = async (conditions: object) => {
    try {
      const { $metadata } = await client.send(new HeadObjectCommand({ ...place, ...conditions }))
      return $metadata.httpStatusCode
    } catch (error) {
      return (error as { $metadata: { httpStatusCode: number } }).$metadata.httpStatusCode
    }
  }
  expect(await statusOf({ IfNoneMatch: ETag })).toBe(304)
  expect(await statusOf({ IfNoneMatch: '"0"' })).toBe(200)
  expect(await statusOf({ IfMatch: '"0"' })).toBe(412)
  expect(await statusOf({ IfMatch: ETag, IfUnmodifiedSince: earlier })).toBe(200)
  expect(await statusOf({ IfModifiedSince: later })).toBe(304)
  expect(await statusOf({ IfModifiedSince: earlier })).toBe(200)
  expect(await statusOf({ IfUnmodifiedSince: earlier })).toBe(412)
})
