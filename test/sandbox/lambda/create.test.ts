import { createHash } from 'node:crypto'
import {
  CreateFunctionCommand,
  GetFunctionCommand,
  InvokeCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import { arnOf, clientOf, createActive, fault, functionInput, settled, startLambda } from './sandbox.ts'
import { handlerZip } from './zip.ts'

describe('CreateFunction', () => {
  test('answers with the state Pending, and the function becomes Active with a new revision id', async () => {
    const { client } = await startLambda()
    const created = await client.send(new CreateFunctionCommand(functionInput('shop')))
    expect(created).toMatchObject({
      $metadata: { httpStatusCode: 201 },
      FunctionArn: arnOf('shop'),
      State: 'Pending',
      StateReasonCode: 'Creating',
      Version: '$LATEST',
      Timeout: 3,
      MemorySize: 128,
      Architectures: ['x86_64'],
      LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/shop' },
    })
    await settled(client, 'shop')
    const { Configuration } = await client.send(new GetFunctionCommand({ FunctionName: 'shop' }))
    expect(Configuration).toMatchObject({ State: 'Active', LastUpdateStatus: 'Successful' })
    expect(Configuration?.StateReason).toBeUndefined()
    expect(Configuration?.RevisionId).not.toBe(created.RevisionId)
  })

  test('publishes version 1 where Publish is set', async () => {
    const { client } = await startLambda()
    const created = await client.send(new CreateFunctionCommand(functionInput('shop', { Publish: true })))
    expect(created).toMatchObject({ Version: '1', FunctionArn: arnOf('shop'), State: 'Pending' })
  })

  test('a role that Lambda cannot assume is refused, at an update too', async () => {
    const { client } = await startLambda({ mayAssume: (role) => role.endsWith('/app') })
    const Role = 'arn:aws:iam::000000000000:role/other'
    const refusal = fault(
      'InvalidParameterValueException',
      400,
      'The role defined for the function cannot be assumed by Lambda.',
    )
    const create = new CreateFunctionCommand(functionInput('shop', { Role }))
    await expect(client.send(create)).rejects.toMatchObject(refusal)
    await createActive(client, 'shop')
    const update = new UpdateFunctionConfigurationCommand({ FunctionName: 'shop', Role })
    await expect(client.send(update)).rejects.toMatchObject(refusal)
  })

  test('a Pending function cannot be invoked, updated or published', async () => {
    const { client } = await startLambda({ updateDelayMs: 60_000 })
    await client.send(new CreateFunctionCommand(functionInput('shop')))
    const message =
      'The operation cannot be performed at this time. The function is currently in the following state: Pending'
    const update = new UpdateFunctionConfigurationCommand({ FunctionName: 'shop', Timeout: 5 })
    await expect(client.send(new InvokeCommand({ FunctionName: 'shop' }))).rejects.toMatchObject(
      fault('ResourceConflictException', 409, message),
    )
    await expect(client.send(update)).rejects.toMatchObject(fault('ResourceConflictException', 409, message))
    await expect(client.send(new PublishVersionCommand({ FunctionName: 'shop' }))).rejects.toMatchObject(
      fault('ResourceConflictException', 409, message),
    )
  })

  test('a second function of the name is a conflict', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    await expect(client.send(new CreateFunctionCommand(functionInput('shop')))).rejects.toMatchObject(
      fault('ResourceConflictException', 409, 'Function already exist: shop'),
    )
  })

  test('the same name in another Region is another function', async () => {
    const { client, endpoint } = await startLambda()
    await createActive(client, 'shop')
    const elsewhere = clientOf(endpoint, 'us-east-1')
    await expect(elsewhere.send(new GetFunctionCommand({ FunctionName: 'shop' }))).rejects.toMatchObject(
      fault('ResourceNotFoundException', 404, /^Function not found: arn:aws:lambda:us-east-1:/),
    )
    elsewhere.destroy()
  })

  test.each([
    [
      'a role that is no ARN',
      { Role: 'r1' },
      'ValidationException',
      /^1 validation error detected: Value 'r1' at 'role' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:\(aws/,
    ],
    [
      'an unknown runtime',
      { Runtime: 'PYTHON3.9' as never },
      'InvalidParameterValueException',
      /^Value PYTHON3\.9 at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: \[nodejs20\.x, .*\] or be a valid ARN$/,
    ],
    [
      'two architectures',
      { Architectures: ['x86_64' as const, 'arm64' as const] },
      'ValidationException',
      "1 validation error detected: Value '[x86_64, arm64]' at 'architectures' failed to satisfy constraint: Member must have length less than or equal to 1",
    ],
    [
      'an architecture in capitals',
      { Architectures: ['X86_64' as never] },
      'ValidationException',
      "1 validation error detected: Value '[X86_64]' at 'architectures' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not be null]",
    ],
    [
      'a timeout above 15 minutes',
      { Timeout: 901 },
      'ValidationException',
      "1 validation error detected: Value '901' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900",
    ],
    [
      'environment variables above 4 KB',
      { Environment: { Variables: { LARGE: 'x'.repeat(4090) } } },
      'InvalidParameterValueException',
      /^Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit\. String measured: \{"LARGE":"x+"\}$/,
    ],
    [
      'a reserved environment variable',
      { Environment: { Variables: { AWS_REGION: 'x' } } },
      'InvalidParameterValueException',
      /Reserved keys used in this request: AWS_REGION$/,
    ],
    [
      'an environment variable whose name no process can have',
      { Environment: { Variables: { 'A=B': 'x' } } },
      'ValidationException',
      "1 validation error detected: Value at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]",
    ],
    [
      'an environment variable with a null character',
      { Environment: { Variables: { TABLE: 'x\0' } } },
      'InvalidParameterValueException',
      'The value of TABLE has a null character.',
    ],
    [
      'a package without a handler',
      { Handler: undefined },
      'InvalidParameterValueException',
      'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    ],
    [
      'a package in a bucket that does not exist',
      { Code: { S3Bucket: 'packages', S3Key: 'shop.zip' } },
      'InvalidParameterValueException',
      'Error occurred while GetObject. S3 Error Code: NoSuchBucket. S3 Error Message: The specified bucket does not exist',
    ],
    [
      'a package that is no zip',
      { Code: { ZipFile: Buffer.from('no zip') } },
      'InvalidParameterValueException',
      'Could not unzip uploaded file. Please check your file, then try to upload again.',
    ],
  ])('refuses %s', async (_what, overrides, code, message) => {
    const { client } = await startLambda()
    await expect(
      client.send(new CreateFunctionCommand(functionInput('shop', overrides))),
    ).rejects.toMatchObject(fault(code, 400, message))
  })

  test('environment variables of exactly 4 KB of JSON are taken', async () => {
    const { client } = await startLambda()
    const variables = { TEXT: 'x'.repeat(4096 - '{"TEXT":""}'.length) }
    await createActive(client, 'shop', { Environment: { Variables: variables } })
    const { Configuration } = await client.send(new GetFunctionCommand({ FunctionName: 'shop' }))
    expect(Configuration?.Environment?.Variables).toEqual(variables)
  })

  test('CodeSha256 is the base64 SHA-256 of the zip, CodeSize its bytes', async () => {
    const { client } = await startLambda()
    const zip = handlerZip()
    const created = await client.send(
      new CreateFunctionCommand(functionInput('shop', { Code: { ZipFile: zip } })),
    )
    expect(created.CodeSha256).toBe(createHash('sha256').update(zip).digest('base64'))
    expect(created.CodeSize).toBe(zip.byteLength)
  })
})
