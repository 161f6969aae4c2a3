import {
  CreateFunctionCommand,
  GetFunctionCommand,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { createActive, fault, functionInput, settled, startLambda } from '../sandbox.ts'
import { handlerZip } from '../zip.ts'

const image = (digit: string) =>
  `000000000000.dkr.ecr.eu-west-1.amazonaws.com/shop@sha256:${digit.repeat(64)}`

async function withImage() {
  const { client } = await startLambda()
  const { Runtime: _, Handler: __, ...input } = functionInput('shop')
  await client.send(
    new CreateFunctionCommand({
      ...input,
      PackageType: 'Image',
      Code: { ImageUri: image('a') },
      ImageConfig: { Command: ['app.main'] },
    }),
  )
  await settled(client, 'shop')
  return client
}

test('an image is kept with its digest, and has no runtime and no handler', async () => {
  const client = await withImage()
  const { Configuration, Code } = await client.send(new GetFunctionCommand({ FunctionName: 'shop' }))
  expect(Configuration).toMatchObject({
    PackageType: 'Image',
    CodeSha256: 'a'.repeat(64),
    CodeSize: 0,
    ImageConfigResponse: { ImageConfig: { Command: ['app.main'] } },
  })
  expect(Configuration).not.toHaveProperty('Runtime')
  expect(Code).toEqual({ RepositoryType: 'ECR', ImageUri: image('a'), ResolvedImageUri: image('a') })
})

test('each image makes a version of its own', async () => {
  const client = await withImage()
  const first = await client.send(new PublishVersionCommand({ FunctionName: 'shop' }))
  await client.send(new UpdateFunctionCodeCommand({ FunctionName: 'shop', ImageUri: image('b') }))
  await settled(client, 'shop')
  const second = await client.send(new PublishVersionCommand({ FunctionName: 'shop' }))
  expect([first.Version, second.Version]).toEqual(['1', '2'])
  const before = await client.send(new GetFunctionCommand({ FunctionName: 'shop', Qualifier: '1' }))
  expect(before.Code?.ImageUri).toBe(image('a'))
})

test('an image takes no zip, and a zip no image, in the words of AWS', async () => {
  const client = await withImage()
  await expect(
    client.send(new UpdateFunctionCodeCommand({ FunctionName: 'shop', ZipFile: handlerZip('two') })),
  ).rejects.toMatchObject(
    fault(
      'InvalidParameterValueException',
      400,
      'Please provide ImageUri when updating a function with packageType Image.',
    ),
  )
  await createActive(client, 'zipped')
  await expect(
    client.send(new UpdateFunctionCodeCommand({ FunctionName: 'zipped', ImageUri: image('a') })),
  ).rejects.toMatchObject(
    fault(
      'InvalidParameterValueException',
      400,
      "Please don't provide ImageUri when updating a function with packageType Zip.",
    ),
  )
})

test('settings of an image stay until an update has others, and empty ones take them away', async () => {
  const client = await withImage()
  const update = async (change: object) => {
    const command = new UpdateFunctionConfigurationCommand({ FunctionName: 'shop', ...change })
    const { ImageConfigResponse } = await client.send(command)
    await settled(client, 'shop')
    return ImageConfigResponse
  }
  expect(await update({ Timeout: 4 })).toEqual({ ImageConfig: { Command: ['app.main'] } })
  expect(await update({ ImageConfig: { WorkingDirectory: '/app' } })).toEqual({
    ImageConfig: { WorkingDirectory: '/app' },
  })
  expect(await update({ ImageConfig: {} })).toBeUndefined()
})
