import {
  CreateAliasCommand,
  CreateFunctionCommand,
  DeleteAliasCommand,
  DeleteFunctionCommand,
  InvokeAsyncCommand,
  InvokeCommand,
  type InvokeCommandInput,
  type LambdaClient,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
} from '@aws-sdk/client-lambda'
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { ThrottledError } from '../../../../src/sandbox/execution/model/executor.ts'
import type { Datum } from '../../../../src/sandbox/telemetry.ts'
import { runS3 } from '../../s3/running-s3.ts'
import { arnOf, createActive, fault, functionInput, publishVersions, startLambda } from '../sandbox.ts'
import type { StandInExecutor } from '../stand-in-executor.ts'

const invoke = (client: LambdaClient, input: Partial<InvokeCommandInput> = {}) =>
  client.send(new InvokeCommand({ FunctionName: 'shop', ...input }))

const nameOf = ({ target }: StandInExecutor['invocations'][number]) => target.configuration.FunctionName

const failing = () => ({ payload: Buffer.from('null'), functionError: 'Unhandled' as const, logTail: '' })

describe('an event', () => {
  const event = { InvocationType: 'Event' as const }

  test('is answered 202 and run with the same request id', async () => {
    const { client, executor } = await startLambda()
    await createActive(client, 'shop')
    const answer = await invoke(client, { ...event, Payload: '{"id":7}' })
    expect(answer).toMatchObject({ StatusCode: 202 })
    await vi.waitFor(() => expect(executor.invocations).toHaveLength(1))
    expect(executor.invocations[0]?.invocation.requestId).toBe(answer.$metadata.requestId)
    expect(Buffer.from(executor.invocations[0]?.invocation.payload ?? '').toString()).toBe('{"id":7}')
  })

  test('may be sent by InvokeAsync, the form before Invoke', async () => {
    const { client, executor } = await startLambda()
    await createActive(client, 'shop')
    const send = (FunctionName: string) =>
      client.send(new InvokeAsyncCommand({ FunctionName, InvokeArgs: '{"id":7}' }))
    expect(await send('shop')).toMatchObject({ Status: 202 })
    await vi.waitFor(() => expect(executor.invocations).toHaveLength(1))
    expect(Buffer.from(executor.invocations[0]?.invocation.payload ?? '').toString()).toBe('{"id":7}')
    await expect(send('none')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })

  test('that fails is tried twice more, and no more', async () => {
    const { client, executor } = await startLambda()
    await createActive(client, 'shop')
    executor.answer = failing
    await invoke(client, event)
    await vi.waitFor(() => expect(executor.invocations).toHaveLength(3))
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(executor.invocations).toHaveLength(3)
    expect(new Set(executor.invocations.map(({ invocation }) => invocation.requestId)).size).toBe(1)
  })

  test('that fails is tried as often as its function says, and its record goes to the destination', async () => {
    const { client, executor } = await startLambda()
    await createActive(client, 'shop')
    await createActive(client, 'failed')
    await client.send(
      new PutFunctionEventInvokeConfigCommand({
        FunctionName: 'shop',
        MaximumRetryAttempts: 1,
        DestinationConfig: { OnFailure: { Destination: arnOf('failed') } },
      }),
    )
    executor.answer = failing
    const { $metadata } = await invoke(client, { ...event, Payload: '{"id":7}' })
    const ran = (name: string) =>
      executor.invocations.filter(({ target }) => target.configuration.FunctionName === name)
    await vi.waitFor(() => expect(ran('failed')).not.toHaveLength(0))
    expect(ran('shop')).toHaveLength(2)
    const record: unknown = JSON.parse(Buffer.from(ran('failed')[0]?.invocation.payload ?? '').toString())
    expect(record).toMatchObject({
      version: '1.0',
      requestContext: {
        requestId: $metadata.requestId,
        functionArn: `${arnOf('shop')}:$LATEST`,
        condition: 'RetriesExhausted',
        approximateInvokeCount: 2,
      },
      requestPayload: { id: 7 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    })
  })

  test('that fails leaves its record in the bucket of its destination', async () => {
    const s3 = await runS3()
    const { client, executor } = await startLambda({ writeObject: s3.write })
    await createActive(client, 'shop')
    await client.send(
      new PutFunctionEventInvokeConfigCommand({
        FunctionName: 'shop',
        MaximumRetryAttempts: 0,
        DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::packages' } },
      }),
    )
    executor.answer = failing
    await invoke(client, { ...event, Payload: '{"id":7}' })
    const listed = () => s3.client.send(new ListObjectsV2Command({ Bucket: 'packages' }))
    await vi.waitFor(async () => expect((await listed()).KeyCount).toBe(1))
    const Key = (await listed()).Contents?.[0]?.Key ?? ''
    expect(Key).toMatch(
      /^aws\/lambda\/async\/shop\/(\d{4})\/(\d\d)\/(\d\d)\/\1-\2-\3T\d\d\.\d\d\.\d\d-[\da-f-]{36}$/,
    )
    const { Body } = await s3.client.send(new GetObjectCommand({ Bucket: 'packages', Key }))
    expect(JSON.parse((await Body?.transformToString()) ?? '')).toMatchObject({
      requestContext: { condition: 'RetriesExhausted' },
      requestPayload: { id: 7 },
    })
  })

  test('whose bucket is not there leaves a metric and a line', async () => {
    const data: Datum[] = []
    const { client, executor } = await startLambda({ metrics: { record: (_, more) => data.push(...more) } })
    await createActive(client, 'shop')
    const Destination = 'arn:aws:s3:::nowhere'
    await client.send(
      new PutFunctionEventInvokeConfigCommand({
        FunctionName: 'shop',
        MaximumRetryAttempts: 0,
        DestinationConfig: { OnFailure: { Destination } },
      }),
    )
    const told = vi.spyOn(console, 'error').mockReturnValue(undefined)
    onTestFinished(() => told.mockRestore())
    executor.answer = failing
    await invoke(client, event)
    await vi.waitFor(() => expect(told).toHaveBeenCalled())
    expect(told.mock.calls).toEqual([
      [
        `The record of an event of shop is lost (NoSuchBucket: The specified bucket does not exist): ${Destination}`,
      ],
    ])
    expect(data.map(({ name }) => name)).toContain('DestinationDeliveryFailures')
  })

  test('leaves metrics: received, its age at each attempt, dropped, and what could not be sent', async () => {
    const data: Datum[] = []
    const { client, executor } = await startLambda({ metrics: { record: (_, more) => data.push(...more) } })
    await createActive(client, 'shop', {
      DeadLetterConfig: { TargetArn: 'arn:aws:sqs:eu-west-1:000000000000:dead' },
    })
    const Destination = 'arn:aws:sns:eu-west-1:000000000000:failed'
    await client.send(
      new PutFunctionEventInvokeConfigCommand({
        FunctionName: 'shop',
        MaximumRetryAttempts: 1,
        DestinationConfig: { OnFailure: { Destination } },
      }),
    )
    const told = vi.spyOn(console, 'error').mockReturnValue(undefined)
    executor.answer = failing
    await invoke(client, event)
    await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(2))
    expect(told.mock.calls.flat()).toEqual([
      `The record of an event of shop is lost (NotImplemented: The sandbox does not have delivery to ${Destination}.): ${Destination}`,
      'The event of shop is lost (QueueDoesNotExist: The specified queue does not exist.): arn:aws:sqs:eu-west-1:000000000000:dead',
    ])
    told.mockRestore()
    const ofFunction = data.filter(({ dimensions }) => Object.keys(dimensions).join() === 'FunctionName')
    expect(ofFunction.map(({ name, unit }) => `${name} ${unit}`)).toEqual([
      'AsyncEventsReceived Count',
      'AsyncEventAge Milliseconds',
      'AsyncEventAge Milliseconds',
      'AsyncEventsDropped Count',
      'DestinationDeliveryFailures Count',
      'DeadLetterErrors Count',
    ])
  })

  test.each([
    ['function', arnOf('failed')],
    ['alias', `${arnOf('failed')}:live`],
  ])('whose destination is a deleted %s leaves a metric and a line', async (kind, Destination) => {
    const data: Datum[] = []
    const { client, executor } = await startLambda({ metrics: { record: (_, more) => data.push(...more) } })
    await createActive(client, 'shop')
    await createActive(client, 'failed')
    await publishVersions(client, 'failed', 1)
    const alias = { FunctionName: 'failed', Name: 'live' }
    await client.send(new CreateAliasCommand({ ...alias, FunctionVersion: '1' }))
    await client.send(
      new PutFunctionEventInvokeConfigCommand({
        FunctionName: 'shop',
        MaximumRetryAttempts: 0,
        DestinationConfig: { OnFailure: { Destination } },
      }),
    )
    await (kind === 'alias'
      ? client.send(new DeleteAliasCommand(alias))
      : client.send(new DeleteFunctionCommand({ FunctionName: 'failed' })))
    const told = vi.spyOn(console, 'error').mockReturnValue(undefined)
    onTestFinished(() => told.mockRestore())
    executor.answer = failing
    await invoke(client, event)
    await vi.waitFor(() => expect(told).toHaveBeenCalled())
    expect(told.mock.calls).toEqual([
      [
        expect.stringMatching(
          /^The record of an event of shop is lost \(ResourceNotFoundException: .+: arn:/,
        ),
      ],
    ])
    const named = data.map(({ name, dimensions }) => `${name} ${dimensions['FunctionName']}`)
    expect(named).toContain('DestinationDeliveryFailures shop')
    expect(named).not.toContain('AsyncEventsReceived failed')
  })

  test('that is throttled is tried again until it runs', { timeout: 10_000 }, async () => {
    const { client, executor } = await startLambda()
    await createActive(client, 'shop')
    executor.answer = () => {
      executor.answer = () => ({ payload: Buffer.from('null'), logTail: '' })
      throw new ThrottledError('ReservedFunctionConcurrentInvocationLimitExceeded')
    }
    await invoke(client, event)
    await vi.waitFor(() => expect(executor.invocations).toHaveLength(2), { timeout: 5000 })
  })

  test('for a function that a reservation of 0 switches off fails at once', async () => {
    const { client, executor } = await startLambda()
    await createActive(client, 'shop')
    await createActive(client, 'failed')
    const shop = { FunctionName: 'shop' }
    const DestinationConfig = { OnFailure: { Destination: arnOf('failed') } }
    await client.send(new PutFunctionEventInvokeConfigCommand({ ...shop, DestinationConfig }))
    await client.send(new PutFunctionConcurrencyCommand({ ...shop, ReservedConcurrentExecutions: 0 }))
    await invoke(client, event)
    await vi.waitFor(() => expect(executor.invocations.map(nameOf)).toEqual(['shop', 'failed']))
    const record = JSON.parse(
      Buffer.from(executor.invocations[1]?.invocation.payload ?? '').toString(),
    ) as object
    expect(record).toMatchObject({
      requestContext: { condition: 'ZeroReservedConcurrency', approximateInvokeCount: 0 },
    })
    expect(record).not.toHaveProperty('responseContext')
  })

  test('that is pending is dropped when the service closes', async () => {
    const { client, executor, lambda } = await startLambda()
    await createActive(client, 'shop')
    executor.answer = () => {
      void lambda.close()
      return failing()
    }
    await invoke(client, event)
    await vi.waitFor(() => expect(executor.invocations).toHaveLength(1))
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(executor.invocations).toHaveLength(1)
  })

  test('for a function that is deleted meanwhile is dropped', async () => {
    const { client, executor } = await startLambda({ retryDelaysMs: [300] })
    await client.send(new CreateFunctionCommand(functionInput('shop')))
    executor.answer = failing
    await invoke(client, event)
    await vi.waitFor(() => expect(executor.invocations).toHaveLength(1), { interval: 5 })
    await client.send(new DeleteFunctionCommand({ FunctionName: 'shop' }))
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(executor.invocations).toHaveLength(1)
  })

  test('above 1,048,576 bytes is refused', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    await expect(invoke(client, { ...event, Payload: `"${'x'.repeat(1_048_575)}"` })).rejects.toMatchObject(
      fault(
        'RequestTooLargeException',
        413,
        'Request must be smaller than 1048576 bytes for the InvokeFunction operation',
      ),
    )
  })
})
