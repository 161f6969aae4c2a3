import { createHash } from 'node:crypto'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateEventSourceMappingCommand,
  CreateFunctionUrlConfigCommand,
  DeleteFunctionCommand,
  DeleteLayerVersionCommand,
  GetAliasCommand,
  GetEventSourceMappingCommand,
  GetFunctionConfigurationCommand,
  GetFunctionUrlConfigCommand,
  GetPolicyCommand,
  InvokeCommand,
  ListVersionsByFunctionCommand,
  PublishLayerVersionCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda'
import { expect, test, vi } from 'vitest'
import { createActive, publishVersions, startLambda, type TestSandbox } from './sandbox.ts'
import { handlerZip } from './zip.ts'

/** A second sandbox with the state of the first, as it comes back from disk. */
async function restart(first: TestSandbox): Promise<TestSandbox> {
  const second = await startLambda({ codeDirectory: first.codeDirectory })
  first.rows.restore(second.lambda.persistent)
  await second.lambda.sweep()
  second.lambda.resume()
  return second
}

test('functions, versions, aliases, policies and their revision ids outlive the service', async () => {
  const first = await startLambda()
  await createActive(first.client, 'shop')
  await publishVersions(first.client, 'shop', 2)
  const alias = { FunctionName: 'shop', Name: 'live' }
  await first.client.send(
    new CreateAliasCommand({
      ...alias,
      FunctionVersion: '1',
      RoutingConfig: { AdditionalVersionWeights: { 2: 0.1 } },
    }),
  )
  await first.client.send(
    new AddPermissionCommand({
      FunctionName: 'shop',
      StatementId: 's1',
      Action: 'lambda:InvokeFunction',
      Principal: '*',
    }),
  )
  const { client } = await restart(first)
  for (const command of [
    () => new GetAliasCommand(alias),
    () => new GetFunctionConfigurationCommand({ FunctionName: 'shop' }),
    () => new ListVersionsByFunctionCommand({ FunctionName: 'shop' }),
    () => new GetPolicyCommand({ FunctionName: 'shop' }),
  ]) {
    const { $metadata: _before, ...before } = await first.client.send(command() as GetAliasCommand)
    const { $metadata: _after, ...after } = await client.send(command() as GetAliasCommand)
    expect(after).toEqual(before)
  }
  const again = await client.send(new PublishVersionCommand({ FunctionName: 'shop' }))
  expect(again.Version).toBe('2')
  const invoked = await client.send(new InvokeCommand({ FunctionName: 'shop', Qualifier: '2' }))
  expect(invoked.ExecutedVersion).toBe('2')
})

test('the URL of a function keeps its address', async () => {
  const first = await startLambda()
  await createActive(first.client, 'shop')
  const shop = { FunctionName: 'shop' }
  await first.client.send(new CreateFunctionUrlConfigCommand({ ...shop, AuthType: 'NONE' }))
  const pathOf = async ({ client }: TestSandbox) => {
    const { FunctionUrl = '' } = await client.send(new GetFunctionUrlConfigCommand(shop))
    expect((await fetch(FunctionUrl)).status).toBe(200)
    return new URL(FunctionUrl).pathname
  }
  expect(await pathOf(await restart(first))).toBe(await pathOf(first))
})

test('the row of a version follows its state', async () => {
  const { client, rows } = await startLambda({ updateDelayMs: 50 })
  await createActive(client, 'snap', {
    Runtime: 'python3.13',
    Handler: 'index.handler',
    SnapStart: { ApplyOn: 'PublishedVersions' },
  })
  const { State } = await client.send(new PublishVersionCommand({ FunctionName: 'snap' }))
  expect(State).toBe('Pending')
  rows.text()
  await waitUntilFunctionActiveV2(
    { client, maxWaitTime: 10, minDelay: 0.01, maxDelay: 0.01 },
    { FunctionName: 'snap', Qualifier: '1' },
  )
  expect(rows.text()).not.toContain('Pending')
})

test('an update that was under way is done after a restart', async () => {
  const first = await startLambda()
  await createActive(first.client, 'shop')
  await first.lambda.close()
  await first.client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'shop', Timeout: 8 }))
  const { client } = await restart(first)
  const configuration = await client.send(new GetFunctionConfigurationCommand({ FunctionName: 'shop' }))
  expect(configuration).toMatchObject({ State: 'Active', LastUpdateStatus: 'Successful', Timeout: 8 })
})

test('reserved and provisioned concurrency reach the executor again', async () => {
  const first = await startLambda()
  await createActive(first.client, 'shop')
  await publishVersions(first.client, 'shop', 1)
  const shop = { FunctionName: 'shop' }
  await first.client.send(new PutFunctionConcurrencyCommand({ ...shop, ReservedConcurrentExecutions: 4 }))
  await first.client.send(
    new PutProvisionedConcurrencyConfigCommand({
      ...shop,
      Qualifier: '1',
      ProvisionedConcurrentExecutions: 3,
    }),
  )
  const { executor } = await restart(first)
  expect(executor.calls).toEqual(['reserve shop 4', 'provision shop:1 3'])
})

test('an event that was accepted and not run yet runs after a restart, and only then is it gone', async () => {
  const first = await startLambda()
  await createActive(first.client, 'shop')
  await first.lambda.close()
  const { StatusCode, $metadata } = await first.client.send(
    new InvokeCommand({ FunctionName: 'shop', InvocationType: 'Event', Payload: Buffer.from('{"id":7}') }),
  )
  expect([StatusCode, first.executor.invocations]).toEqual([202, []])
  const second = await restart(first)
  await vi.waitFor(() => expect(second.executor.invocations).toHaveLength(1))
  const [run] = second.executor.invocations
  expect(run?.invocation).toMatchObject({ requestId: $metadata.requestId, payload: Buffer.from('{"id":7}') })
  await vi.waitFor(() => expect(second.rows.text()).not.toContain($metadata.requestId))
})

test('a start drops packages that no function has, and half unpacked ones, and nothing else', async () => {
  const first = await startLambda()
  await createActive(first.client, 'shop')
  await createActive(first.client, 'gone', { Code: { ZipFile: handlerZip('gone') } })
  await first.client.send(new DeleteFunctionCommand({ FunctionName: 'gone' }))
  const kept = (await readdir(first.codeDirectory)).filter((name) => name.startsWith(digestOf(handlerZip())))
  await mkdir(join(first.codeDirectory, '.unzip-a1B2c3'))
  await writeFile(join(first.codeDirectory, 'notes.txt'), '')
  await restart(first)
  expect((await readdir(first.codeDirectory)).toSorted()).toEqual([...kept, 'notes.txt'].toSorted())
  expect(kept).toHaveLength(2)
})

function digestOf(zip: Uint8Array): string {
  return createHash('sha256').update(zip).digest('hex')
}

test('layers and event source mappings outlive the service', async () => {
  const first = await startLambda()
  const Content = { ZipFile: handlerZip('layer') }
  const { LayerVersionArn = '' } = await first.client.send(
    new PublishLayerVersionCommand({ LayerName: 'greet', Content }),
  )
  await createActive(first.client, 'shop', { Layers: [LayerVersionArn] })
  await first.client.send(new DeleteLayerVersionCommand({ LayerName: 'greet', VersionNumber: 1 }))
  const StartingPositionTimestamp = new Date(1_000_000)
  const { UUID } = await first.client.send(
    new CreateEventSourceMappingCommand({
      FunctionName: 'shop',
      EventSourceArn: 'arn:aws:kinesis:eu-west-1:000000000000:stream/clicks',
      StartingPosition: 'AT_TIMESTAMP',
      StartingPositionTimestamp,
    }),
  )
  const { client, executor } = await restart(first)
  expect(await client.send(new GetEventSourceMappingCommand({ UUID }))).toMatchObject({
    State: 'Enabled',
    StartingPositionTimestamp,
  })
  expect((await client.send(new PublishLayerVersionCommand({ LayerName: 'greet', Content }))).Version).toBe(2)
  await client.send(new InvokeCommand({ FunctionName: 'shop' }))
  const { layersDirectory = '' } = executor.invocations[0]?.target ?? {}
  expect(await readdir(layersDirectory)).toEqual(['index.mjs'])
})
