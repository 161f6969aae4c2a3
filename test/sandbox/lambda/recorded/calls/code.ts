import {
  CreateFunctionCommand,
  type FunctionCode,
  GetFunctionConfigurationCommand,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda'
import { CreateBucketCommand } from '@aws-sdk/client-s3'
import { account, createActive, functionInput } from '../../sandbox.ts'
import { handlerZip, zipOf } from '../../zip.ts'
import type { Scenario, Scenarios, Stage } from '../replay.ts'

const image = `${account}.dkr.ecr.eu-west-1.amazonaws.com/shop:latest`

function create({ client, name }: Stage, Code: FunctionCode, other: object = {}) {
  return client.send(new CreateFunctionCommand(functionInput(name, { Code, ...other })))
}

function createImage({ client, name }: Stage) {
  const other = { Code: { ImageUri: image }, PackageType: 'Image', Runtime: undefined, Handler: undefined }
  return createActive(client, name, other as Partial<ReturnType<typeof functionInput>>)
}

/** A zip whose directory claims a deflated entry that is one byte too large; the entry need not have it. */
function hugeWhenUnzipped(): Uint8Array {
  const zip = Buffer.from(zipOf([{ name: 'big', content: 'x' }]))
  const entry = zip.indexOf(Buffer.from('504b0102', 'hex'))
  zip.writeUInt16LE(8, entry + 10)
  zip.writeUInt32LE(262_144_001, entry + 24)
  return zip
}

const oversizedUnzipped: Scenario = (stage) => stage.refused(create(stage, { ZipFile: hugeWhenUnzipped() }))

/** Packages that a function can't have. */
export const codeCalls: Scenarios = {
  'TestLambdaSizeLimits::test_oversized_lambda': oversizedUnzipped,
  'TestLambdaSizeLimits::test_oversized_unzipped_lambda': oversizedUnzipped,
  'TestLambdaSizeLimits::test_oversized_zipped_create_lambda': (stage) =>
    stage.refused(create(stage, { ZipFile: Buffer.alloc(52_428_801) })),
  'TestLambdaSizeLimits::test_oversized_request_create_lambda': (stage) =>
    stage.refused(create(stage, { ZipFile: Buffer.alloc(52_700_000) })),
  'TestLambdaImages::test_lambda_image_crud': async (stage) => {
    const { client, name, refused } = stage
    await createImage(stage)
    await refused(client.send(new UpdateFunctionCodeCommand({ FunctionName: name, ZipFile: handlerZip() })))
  },
  'TestLambdaImages::test_lambda_zip_file_to_image': async ({ client, name, refused }) => {
    await createActive(client, name)
    await refused(client.send(new UpdateFunctionCodeCommand({ FunctionName: name, ImageUri: image })))
  },
  'TestLambdaImages::test_lambda_image_versions': async (stage) => {
    const { client, name, refused } = stage
    await createImage(stage)
    const { CodeSha256 = '' } = await client.send(new GetFunctionConfigurationCommand({ FunctionName: name }))
    const publish = new PublishVersionCommand({ FunctionName: name, CodeSha256: 'a'.repeat(64) })
    await refused(client.send(publish), { 'code-sha256': CodeSha256 })
  },
  'TestLambdaFunction::test_lambda_code_location_s3_errors': async (stage) => {
    const { client, s3, name, refused } = stage
    const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const
    await s3.send(new CreateBucketCommand({ Bucket: 'packages', CreateBucketConfiguration }))
    const nowhere = { S3Bucket: 'no-such-bucket', S3Key: 'a.zip' }
    const nothing = { S3Bucket: 'packages', S3Key: 'none.zip' }
    await refused(create(stage, nowhere))
    await refused(create(stage, nothing))
    await createActive(client, name)
    for (const code of [nowhere, nothing]) {
      await refused(client.send(new UpdateFunctionCodeCommand({ FunctionName: name, ...code })))
    }
  },
}
