import { createHash } from 'node:crypto'
import {
  CreateFunctionCommand,
  GetFunctionCommand,
  LambdaClient,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts'
import { functionInput, settled } from '../lambda/sandbox.ts'
import { handlerZip } from '../lambda/zip.ts'
import { clientSettings } from '../serve.ts'

let sandbox: Sandbox
let lambda: LambdaClient
let s3: S3Client
beforeEach(async () => {
  sandbox = await startSandbox({ port: 0, accessKey: 'test' })
  lambda = new LambdaClient(clientSettings(sandbox.url))
  s3 = new S3Client({ ...clientSettings(sandbox.url), forcePathStyle: true })
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const
  await s3.send(new CreateBucketCommand({ Bucket: 'packages', CreateBucketConfiguration }))
})
afterEach(async () => {
  lambda.destroy()
  s3.destroy()
  await sandbox.close()
})

const code = { S3Bucket: 'packages', S3Key: 'shop.zip' }

test("a function is made and updated of a bucket's objects", async () => {
  for (const text of ['one', 'two']) {
    const zip = handlerZip(text)
    await s3.send(new PutObjectCommand({ Bucket: 'packages', Key: 'shop.zip', Body: zip }))
    if (text === 'one') await lambda.send(new CreateFunctionCommand(functionInput('shop', { Code: code })))
    else await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'shop', ...code }))
    await settled(lambda, 'shop')
    const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: 'shop' }))
    expect(Configuration?.CodeSha256).toBe(createHash('sha256').update(zip).digest('base64'))
  }
})

test('a bucket in another Region is no place for a package', async () => {
  await s3.send(new PutObjectCommand({ Bucket: 'packages', Key: 'shop.zip', Body: handlerZip() }))
  const elsewhere = new LambdaClient(clientSettings(sandbox.url, 'eu-west-2'))
  await expect(
    elsewhere.send(new CreateFunctionCommand(functionInput('shop', { Code: code }))),
  ).rejects.toThrow(
    'S3 Error Code: PermanentRedirect. S3 Error Message: The bucket is in this region: eu-west-1. Please use this region to retry the request',
  )
  elsewhere.destroy()
})
