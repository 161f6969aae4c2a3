import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilPublishedVersionActive,
} from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import { arnOf, createActive, fault, functionInput, revisionOf, settled, startLambda } from './sandbox.ts'
import { handlerZip } from './zip.ts'

const stale =
  'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id'

describe('an update', () => {
  test('answers InProgress with the reason code Creating and becomes Successful, with a new revision id each time', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    const before = await revisionOf(client, 'shop')
    const updated = await client.send(
      new UpdateFunctionCodeCommand({ FunctionName: 'shop', ZipFile: handlerZip('two') }),
    )
    expect(updated).toMatchObject({
      State: 'Active',
      LastUpdateStatus: 'InProgress',
      LastUpdateStatusReasonCode: 'Creating',
    })
    await settled(client, 'shop')
    const after = await client.send(new GetFunctionConfigurationCommand({ FunctionName: 'shop' }))
    expect(after.LastUpdateStatus).toBe('Successful')
    expect(after.LastUpdateStatusReasonCode).toBeUndefined()
    expect(new Set([before, updated.RevisionId, after.RevisionId]).size).toBe(3)
  })

  test('in progress makes a second update and a publish a conflict', async () => {
    const { client, lambda } = await startLambda()
    await createActive(client, 'shop')
    // Closing drops the timers, so the update stays in progress.
    await lambda.close()
    const update = () => client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'shop' }))
    await update()
    const message = `The operation cannot be performed at this time. An update is in progress for resource: ${arnOf('shop')}`
    await expect(update()).rejects.toMatchObject(fault('ResourceConflictException', 409, message))
    await expect(
      client.send(new UpdateFunctionCodeCommand({ FunctionName: 'shop', ZipFile: handlerZip() })),
    ).rejects.toMatchObject(fault('ResourceConflictException', 409, message))
    await expect(client.send(new PublishVersionCommand({ FunctionName: 'shop' }))).rejects.toMatchObject(
      fault('ResourceConflictException', 409, message),
    )
  })

  test('of the configuration changes what it names and keeps the rest', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop', { Timeout: 9, Environment: { Variables: { TABLE: 'orders' } } })
    const updated = await client.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: 'shop',
        MemorySize: 512,
        LoggingConfig: { LogFormat: 'JSON' },
      }),
    )
    expect(updated).toMatchObject({
      Timeout: 9,
      MemorySize: 512,
      Environment: { Variables: { TABLE: 'orders' } },
      LoggingConfig: {
        LogFormat: 'JSON',
        LogGroup: '/aws/lambda/shop',
        ApplicationLogLevel: 'INFO',
        SystemLogLevel: 'INFO',
      },
    })
  })

  test('that changes nothing still is one, with a new revision', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    const before = await revisionOf(client, 'shop')
    const updated = await client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'shop' }))
    expect(updated.LastUpdateStatus).toBe('InProgress')
    expect(updated.RevisionId).not.toBe(before)
  })

  test('with a stale revision id fails and changes nothing', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    const before = await revisionOf(client, 'shop')
    const RevisionId = '00000000-0000-0000-0000-000000000000'
    await expect(
      client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'shop', RevisionId })),
    ).rejects.toMatchObject(fault('PreconditionFailedException', 412, stale))
    await expect(
      client.send(
        new UpdateFunctionCodeCommand({ FunctionName: 'shop', ZipFile: handlerZip('two'), RevisionId }),
      ),
    ).rejects.toMatchObject(fault('PreconditionFailedException', 412, stale))
    expect(await revisionOf(client, 'shop')).toBe(before)
  })

  test('with the current revision id goes through', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    const RevisionId = await revisionOf(client, 'shop')
    const updated = await client.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'shop', Timeout: 30, RevisionId }),
    )
    expect(updated.Timeout).toBe(30)
  })

  test('of the code as a dry run answers the new digest and changes nothing', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    const get = () => client.send(new GetFunctionConfigurationCommand({ FunctionName: 'shop' }))
    const before = await get()
    const dry = await client.send(
      new UpdateFunctionCodeCommand({ FunctionName: 'shop', ZipFile: handlerZip('two'), DryRun: true }),
    )
    expect(dry.CodeSha256).not.toBe(before.CodeSha256)
    expect(await get()).toMatchObject({ CodeSha256: before.CodeSha256, RevisionId: before.RevisionId })
  })

  test('of the code takes another architecture and publishes where asked', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    const updated = await client.send(
      new UpdateFunctionCodeCommand({
        FunctionName: 'shop',
        ZipFile: handlerZip('two'),
        Architectures: ['arm64'],
        Publish: true,
      }),
    )
    expect(updated).toMatchObject({
      Version: '1',
      FunctionArn: `${arnOf('shop')}:1`,
      Architectures: ['arm64'],
      State: 'Pending',
      StateReasonCode: 'Creating',
    })
    expect(updated).not.toHaveProperty('LastUpdateStatus')
    const version = { FunctionName: 'shop', Qualifier: '1' }
    await waitUntilPublishedVersionActive({ client, maxWaitTime: 5, minDelay: 0.05 }, version)
  })

  test('ends the environments of $LATEST and of no other version', async () => {
    const { client, executor } = await startLambda()
    await createActive(client, 'shop')
    await client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'shop', Timeout: 4 }))
    await settled(client, 'shop')
    expect(executor.calls).toEqual(['retire shop $LATEST'])
  })

  test('in progress lets invocations of $LATEST run the old code and configuration until it is Successful', async () => {
    const { client, executor } = await startLambda({ updateDelayMs: 200 })
    await createActive(client, 'shop', { Timeout: 3 })
    const code = { FunctionName: 'shop', ZipFile: handlerZip('two') }
    const updated = await client.send(new UpdateFunctionCodeCommand(code))
    await client.send(new InvokeCommand({ FunctionName: 'shop' }))
    expect(executor.calls).toEqual([])
    await settled(client, 'shop')
    await client.send(new InvokeCommand({ FunctionName: 'shop', Qualifier: '$LATEST' }))
    const [before, after] = executor.invocations.map(({ target }) => target)
    expect(before?.configuration.CodeSha256).not.toBe(updated.CodeSha256)
    expect(before?.codeDirectory).not.toBe(after?.codeDirectory)
    expect(after?.configuration.CodeSha256).toBe(updated.CodeSha256)
  })

  test('one of several at the same time goes through, the others are conflicts', async () => {
    const { client } = await startLambda({ updateDelayMs: 1000 })
    await createActive(client, 'shop')
    const update = (text: string) =>
      client.send(new UpdateFunctionCodeCommand({ FunctionName: 'shop', ZipFile: handlerZip(text) }))
    const results = await Promise.allSettled([update('two'), update('three'), update('four')])
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected'])
  })

  test('refuses an image, and an unknown runtime', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    await expect(
      client.send(new UpdateFunctionCodeCommand({ FunctionName: 'shop', ImageUri: 'image' })),
    ).rejects.toMatchObject(
      fault(
        'InvalidParameterValueException',
        400,
        "Please don't provide ImageUri when updating a function with packageType Zip.",
      ),
    )
    const { Runtime } = functionInput('shop', { Runtime: 'non-existent-runtime' as never })
    await expect(
      client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'shop', Runtime })),
    ).rejects.toMatchObject(
      fault(
        'InvalidParameterValueException',
        400,
        /^Value non-existent-runtime at 'runtime' failed to satisfy constraint/,
      ),
    )
  })
})
