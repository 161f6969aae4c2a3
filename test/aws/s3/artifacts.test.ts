import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { connection } from '../../../src/aws/client/connection.ts'
import { s3Api } from '../../../src/aws/s3/api.ts'
import { s3Artifacts } from '../../../src/aws/s3/artifacts.ts'
import { systemClock } from '../../../src/cli/run/clock.ts'
import type { LambdactlError } from '../../../src/errors/error.ts'
import { stepsFor, usualConfig } from '../../../src/errors/next-step.ts'
import type { ArtifactPlace } from '../../../src/ports/artifacts.ts'
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts'
import { failureOf } from '../../workflows/world.ts'

let sandbox: Sandbox
let s3: S3Client
const place: ArtifactPlace = {
  bucket: 'packages',
  key: 'shop/checkout/a.zip',
  kmsKey: undefined,
  owner: undefined,
}
const address = { Bucket: place.bucket, Key: place.key }

beforeEach(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test')
  sandbox = await startSandbox({ port: 0, accessKey: 'test' })
  s3 = clientOf(sandbox.url)
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const
  await s3.send(new CreateBucketCommand({ Bucket: 'packages', CreateBucketConfiguration }))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  s3.destroy()
  await sandbox.close()
})

function clientOf(endpoint: string): S3Client {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  return new S3Client({ endpoint, region: 'eu-west-1', credentials, forcePathStyle: true })
}

const artifacts = (endpoint = sandbox.url) =>
  s3Artifacts(s3Api(connection({ region: 'eu-west-1', endpoint, profile: undefined }, systemClock)))

/** A content of so many parts, the last one small; no two parts are alike. */
function content(parts: number): Buffer {
  const bytes = Buffer.alloc((parts - 1) * 8_388_608 + 1000)
  for (let part = 0; part < parts; part += 1) bytes.fill(part + 1, part * 8_388_608)
  return bytes
}

/** Stands before S3 and tells what is asked of it; one request may be answered otherwise. */
async function watched(answer: (asked: string) => number | undefined = () => undefined) {
  const asked: string[] = []
  const server = createServer((message, response) => {
    const { pathname, searchParams } = new URL(message.url ?? '', 'http://s3')
    const part = searchParams.get('partNumber')
    const what = `${message.method} ${part ? `part ${part}` : searchParams.has('uploadId') ? 'upload' : searchParams.has('uploads') ? 'uploads' : pathname.slice(1, 9)}`
    asked.push(what)
    const status = answer(what)
    if (status !== undefined) {
      message.resume()
      message.once('end', () => response.writeHead(status).end('<Error><Code>AccessDenied</Code></Error>'))
      return
    }
    const { method, headers, url = '/' } = message
    const onward = request(new URL(url, sandbox.url), { method, headers }, (got) => {
      response.writeHead(got.statusCode ?? 500, got.headers)
      got.pipe(response)
    })
    message.pipe(onward)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

async function stored(): Promise<Buffer> {
  const { Body } = await s3.send(new GetObjectCommand({ ...address, ChecksumMode: 'ENABLED' }))
  return Buffer.from((await Body?.transformToByteArray()) ?? [])
}

test('a small package goes up in one piece, and is not sent again', async () => {
  const { asked, url } = await watched()
  const small = Buffer.from('small')
  expect(await artifacts(url).keep(place, small, () => undefined)).toEqual({
    object: { bucket: 'packages', key: place.key },
    uploadedBytes: 5,
  })
  expect((await stored()).equals(small)).toBe(true)
  asked.length = 0
  expect(await artifacts(url).keep(place, small, () => undefined)).toMatchObject({ uploadedBytes: 0 })
  expect(asked).toEqual(['HEAD packages'])
})

test('a large one goes up in parts, tells how far it is, has its checksum, and is not sent again', async () => {
  const large = content(3)
  const told: number[] = []
  const kept = await artifacts().keep(place, large, (bytes) => told.push(bytes))
  expect(kept.uploadedBytes).toBe(large.length)
  expect(told.length).toBeGreaterThan(100)
  expect(told.toSorted((a, b) => a - b)).toEqual(told)
  expect(told.at(-1)).toBe(large.length)
  expect((await stored()).equals(large)).toBe(true)
  const head = await s3.send(new HeadObjectCommand({ ...address, ChecksumMode: 'ENABLED' }))
  expect(head.ChecksumSHA256).toMatch(/-3$/)
  expect(await artifacts().keep(place, large, () => undefined)).toMatchObject({ uploadedBytes: 0 })
})

test('what is there with another checksum, or none, is replaced', async () => {
  for (const ChecksumAlgorithm of ['SHA256', 'CRC32'] as const) {
    await s3.send(new PutObjectCommand({ ...address, Body: 'other', ChecksumAlgorithm }))
    expect(await artifacts().keep(place, Buffer.from('right'), () => undefined)).toMatchObject({
      uploadedBytes: 5,
    })
    expect((await stored()).toString()).toBe('right')
  }
})

test('an upload that failed midway is continued with the parts that are lacking', async () => {
  const large = content(4)
  const failing = await watched((asked) => (asked === 'PUT part 3' ? 403 : undefined))
  await expect(artifacts(failing.url).keep(place, large, () => undefined)).rejects.toMatchObject({
    code: 'NOT_PERMITTED',
  })
  const { asked, url } = await watched()
  const { uploadedBytes } = await artifacts(url).keep(place, large, () => undefined)
  expect(asked.filter((what) => what.startsWith('PUT'))).toContain('PUT part 3')
  expect(asked).not.toContain('PUT part 1')
  expect(asked).not.toContain('POST uploads')
  expect(uploadedBytes).toBeLessThan(large.length)
  expect((await stored()).equals(large)).toBe(true)
  expect((await s3.send(new ListMultipartUploadsCommand({ Bucket: 'packages' }))).Uploads).toBeUndefined()
})

test('parts of something else under the same key are sent again', async () => {
  const failing = await watched((asked) => (asked === 'PUT part 3' ? 403 : undefined))
  await artifacts(failing.url)
    .keep(place, content(4).fill(9), () => undefined)
    .catch(() => undefined)
  const large = content(3)
  expect(await artifacts().keep(place, large, () => undefined)).toMatchObject({ uploadedBytes: large.length })
  expect((await stored()).equals(large)).toBe(true)
})

test('where unfinished uploads may not be listed, a new one is begun', async () => {
  const failing = await watched((asked) => (asked === 'PUT part 3' ? 403 : undefined))
  const large = content(3)
  await artifacts(failing.url)
    .keep(place, large, () => undefined)
    .catch(() => undefined)
  const { url } = await watched((asked) => (asked === 'GET uploads' ? 403 : undefined))
  expect(await artifacts(url).keep(place, large, () => undefined)).toMatchObject({
    uploadedBytes: large.length,
  })
})

test('two uploads of the same content at once both come to the right object', async () => {
  const large = content(4)
  const failing = await watched((asked) => (asked === 'PUT part 3' ? 403 : undefined))
  await artifacts(failing.url)
    .keep(place, large, () => undefined)
    .catch(() => undefined)
  const both = await Promise.all([1, 2].map(() => artifacts().keep(place, large, () => undefined)))
  expect(both.map(({ object }) => object.key)).toEqual([place.key, place.key])
  expect((await stored()).equals(large)).toBe(true)
})

test('a bucket of another account, one that is missing, and one in another Region are told apart', async () => {
  const keep = (other: Partial<ArtifactPlace>) =>
    artifacts().keep({ ...place, ...other }, Buffer.from('a'), () => undefined)
  await expect(keep({ owner: '999999999999' })).rejects.toMatchObject({ code: 'NOT_PERMITTED' })
  await expect(keep({ bucket: 'missing' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const elsewhere = clientOf(sandbox.url)
  elsewhere.config.region = async () => 'us-east-1'
  await elsewhere.send(new CreateBucketCommand({ Bucket: 'elsewhere' }))
  const failure = (await failureOf(keep({ bucket: 'elsewhere' }))) as LambdactlError
  expect(failure.code).toBe('AWS_REFUSED')
  expect(stepsFor(usualConfig, failure.next)).toEqual([expect.stringContaining('in its own Region')])
})

test('the KMS key of the configuration encrypts, of small and of large packages', async () => {
  for (const packed of [Buffer.from('a'), content(2)]) {
    await artifacts().keep({ ...place, kmsKey: 'alias/packages' }, packed, () => undefined)
    const head = await s3.send(new HeadObjectCommand(address))
    expect(head).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'alias/packages' })
  }
})
