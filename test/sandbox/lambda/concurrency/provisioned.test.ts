import {
  CreateAliasCommand,
  DeleteAliasCommand,
  DeleteProvisionedConcurrencyConfigCommand,
  GetAliasCommand,
  GetProvisionedConcurrencyConfigCommand,
  type LambdaClient,
  ListProvisionedConcurrencyConfigsCommand,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import { arnOf, createActive, fault, publishVersions, startLambda } from '../sandbox.ts'

const put = (client: LambdaClient, Qualifier: string, count = 2) =>
  client.send(
    new PutProvisionedConcurrencyConfigCommand({
      FunctionName: 'shop',
      Qualifier,
      ProvisionedConcurrentExecutions: count,
    }),
  )
const get = (client: LambdaClient, Qualifier: string) =>
  client.send(new GetProvisionedConcurrencyConfigCommand({ FunctionName: 'shop', Qualifier }))
const remove = (client: LambdaClient, Qualifier: string) =>
  client.send(new DeleteProvisionedConcurrencyConfigCommand({ FunctionName: 'shop', Qualifier }))

const move = (client: LambdaClient, FunctionVersion: string) =>
  client.send(
    new UpdateAliasCommand({
      FunctionName: 'shop',
      Name: 'live',
      FunctionVersion,
      RoutingConfig: { AdditionalVersionWeights: {} },
    }),
  )
const readAlias = (client: LambdaClient) =>
  client.send(new GetAliasCommand({ FunctionName: 'shop', Name: 'live' }))

/** The function `shop` with versions 1 and 2, and `live` on 1. */
async function startShop() {
  const sandbox = await startLambda()
  await createActive(sandbox.client, 'shop')
  await publishVersions(sandbox.client, 'shop', 2)
  await sandbox.client.send(
    new CreateAliasCommand({ FunctionName: 'shop', Name: 'live', FunctionVersion: '1' }),
  )
  return sandbox
}

describe('provisioned concurrency', () => {
  test('starts IN_PROGRESS with zeros and is READY once the executor has warmed it', async () => {
    const { client, executor } = await startShop()
    expect(await put(client, '1')).toMatchObject({
      $metadata: { httpStatusCode: 202 },
      RequestedProvisionedConcurrentExecutions: 2,
      AvailableProvisionedConcurrentExecutions: 0,
      AllocatedProvisionedConcurrentExecutions: 0,
      Status: 'IN_PROGRESS',
    })
    expect(await get(client, '1')).toMatchObject({ Status: 'IN_PROGRESS' })
    executor.warm.set('shop:1', { requested: 2, available: 1, allocated: 2 })
    expect(await get(client, '1')).toMatchObject({
      Status: 'READY',
      AvailableProvisionedConcurrentExecutions: 1,
      AllocatedProvisionedConcurrentExecutions: 2,
    })
  })

  test('is FAILED with a reason when an environment fails to start', async () => {
    const { client, executor } = await startShop()
    await put(client, 'live')
    executor.warm.set('shop:1', { requested: 2, available: 0, allocated: 0, failure: 'SyntaxError' })
    expect(await get(client, 'live')).toMatchObject({
      Status: 'FAILED',
      StatusReason: 'FUNCTION_ERROR_INIT_FAILURE',
    })
  })

  test('that was never put, or was deleted, is not found', async () => {
    const { client, executor } = await startShop()
    const missing = [
      'ProvisionedConcurrencyConfigNotFoundException',
      404,
      'No Provisioned Concurrency Config found for this function',
    ] as const
    await expect(get(client, '1')).rejects.toMatchObject(fault(...missing))
    await put(client, '1')
    await remove(client, '1')
    await expect(get(client, '1')).rejects.toMatchObject(fault(...missing))
    expect(executor.calls.slice(-2)).toEqual(['provision shop:1 2', 'provision shop:1 0'])
  })

  test('of an alias ends with the alias', async () => {
    const { client, executor } = await startShop()
    await put(client, 'live')
    await client.send(new DeleteAliasCommand({ FunctionName: 'shop', Name: 'live' }))
    expect(executor.calls.at(-1)).toBe('provision shop:1 0')
    const listed = await client.send(new ListProvisionedConcurrencyConfigsCommand({ FunctionName: 'shop' }))
    expect(listed.ProvisionedConcurrencyConfigs).toEqual([])
  })

  test('is not read or deleted where it can not be, in the words of AWS', async () => {
    const { client } = await startShop()
    const unpublished = 'The function resource provided must be an alias or a published version.'
    for (const ask of [get, remove]) {
      await expect(ask(client, '$LATEST')).rejects.toThrow(unpublished)
      await expect(ask(client, '9')).rejects.toThrow(`Function not found: ${arnOf('shop:9')}`)
      await expect(ask(client, 'none')).rejects.toThrow(`Cannot find alias arn: ${arnOf('shop:none')}`)
    }
    const ofNone = (Qualifier: string) =>
      client.send(new GetProvisionedConcurrencyConfigCommand({ FunctionName: 'none', Qualifier }))
    await expect(ofNone('live')).rejects.toThrow(`Cannot find alias arn: ${arnOf('none:live')}`)
    await expect(ofNone('1')).rejects.toThrow(`Function not found: ${arnOf('none:1')}`)
  })

  test('is refused on $LATEST, and on a weighted alias', async () => {
    const { client } = await startShop()
    await expect(put(client, '$LATEST')).rejects.toMatchObject(
      fault(
        'InvalidParameterValueException',
        400,
        'Provisioned Concurrency Configs cannot be applied to unpublished function versions.',
      ),
    )
    await client.send(
      new UpdateAliasCommand({
        FunctionName: 'shop',
        Name: 'live',
        RoutingConfig: { AdditionalVersionWeights: { 2: 0.1 } },
      }),
    )
    await expect(put(client, 'live')).rejects.toMatchObject(
      fault(
        'InvalidParameterValueException',
        400,
        'Alias with weights can not be used with Provisioned Concurrency',
      ),
    )
  })

  test('is one a version, whether put on the version or on an alias first', async () => {
    const { client } = await startShop()
    await put(client, '1')
    await expect(put(client, 'live')).rejects.toMatchObject(
      fault(
        'ResourceConflictException',
        409,
        "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version",
      ),
    )
    await remove(client, '1')
    await put(client, 'live')
    await expect(put(client, '1')).rejects.toMatchObject(
      fault('ResourceConflictException', 409, 'Version is pointed by a Provisioned Concurrency alias'),
    )
  })

  test('stays within the reserved concurrency, and that is not lowered below it', async () => {
    const { client } = await startShop()
    const reserve = (count: number) =>
      client.send(
        new PutFunctionConcurrencyCommand({ FunctionName: 'shop', ReservedConcurrentExecutions: count }),
      )
    await reserve(2)
    await expect(put(client, '1', 3)).rejects.toMatchObject(
      fault(
        'InvalidParameterValueException',
        400,
        'Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function',
      ),
    )
    await put(client, '1', 2)
    await expect(reserve(1)).rejects.toMatchObject(
      fault(
        'InvalidParameterValueException',
        400,
        " ReservedConcurrentExecutions  1 should not be lower than function's total provisioned concurrency [2].",
      ),
    )
  })

  test('without a reservation leaves the account 100 unreserved', async () => {
    const { client } = await startShop()
    await expect(put(client, '1', 901)).rejects.toMatchObject(
      fault('InvalidParameterValueException', 400, /minimum value of \[100\]\.$/),
    )
    await expect(put(client, '1', 1001)).rejects.toMatchObject(
      fault(
        'InvalidParameterValueException',
        400,
        "Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [1000].",
      ),
    )
  })

  test('of 0 environments is a validation error', async () => {
    const { client } = await startShop()
    await expect(put(client, '1', 0)).rejects.toMatchObject(
      fault(
        'ValidationException',
        400,
        "1 validation error detected: Value '0' at 'provisionedConcurrentExecutions' failed to satisfy constraint: Member must have value greater than or equal to 1",
      ),
    )
  })

  test('is listed for every qualifier that has it', async () => {
    const { client } = await startShop()
    await put(client, '2')
    await put(client, 'live', 3)
    const listed = await client.send(new ListProvisionedConcurrencyConfigsCommand({ FunctionName: 'shop' }))
    expect(listed.ProvisionedConcurrencyConfigs).toMatchObject([
      { FunctionArn: `${arnOf('shop')}:2`, RequestedProvisionedConcurrentExecutions: 2 },
      { FunctionArn: `${arnOf('shop')}:live`, RequestedProvisionedConcurrentExecutions: 3 },
    ])
  })
})

test('an alias that has provisioned concurrency may get weights, but its provisioned concurrency cannot be changed then', async () => {
  const { client } = await startShop()
  await put(client, 'live')
  await client.send(
    new UpdateAliasCommand({
      FunctionName: 'shop',
      Name: 'live',
      RoutingConfig: { AdditionalVersionWeights: { 2: 0.1 } },
    }),
  )
  await expect(put(client, 'live', 3)).rejects.toMatchObject(
    fault(
      'InvalidParameterValueException',
      400,
      'Alias with weights can not be used with Provisioned Concurrency',
    ),
  )
})

describe('moving an alias that has provisioned concurrency', () => {
  test('keeps the traffic on the old version by an injected weight until the new one is warm', async () => {
    const { client, executor } = await startShop()
    await put(client, 'live')
    const moved = await move(client, '2')
    expect(moved).toMatchObject({
      FunctionVersion: '2',
      RoutingConfig: { AdditionalVersionWeights: { 1: 1 } },
    })
    expect((await readAlias(client)).RoutingConfig).toBeDefined()
    executor.warm.set('shop:2', { requested: 2, available: 2, allocated: 2 })
    const settled = await readAlias(client)
    expect(settled.RoutingConfig).toBeUndefined()
    expect(settled.RevisionId).not.toBe(moved.RevisionId)
    expect(executor.calls.slice(-2)).toEqual(['provision shop:2 2', 'provision shop:1 0'])
  })

  test('keeps the injected weight where the new version fails to start, until an empty map clears it', async () => {
    const { client, executor } = await startShop()
    await put(client, 'live')
    await move(client, '2')
    executor.warm.set('shop:2', { requested: 2, available: 0, allocated: 0, failure: 'SyntaxError' })
    expect((await readAlias(client)).RoutingConfig?.AdditionalVersionWeights).toEqual({ 1: 1 })
    await expect(
      client.send(new UpdateAliasCommand({ FunctionName: 'shop', Name: 'live', FunctionVersion: '1' })),
    ).rejects.toMatchObject(fault('InvalidParameterValueException', 400, /^Invalid function version 1\./))
    expect((await move(client, '2')).RoutingConfig).toBeUndefined()
    expect(executor.calls.at(-1)).toBe('provision shop:1 0')
  })

  test('back to the version whose environments are still there leaves no weight', async () => {
    const { client, executor } = await startShop()
    await put(client, 'live')
    executor.warm.set('shop:1', { requested: 2, available: 2, allocated: 2 })
    await move(client, '2')
    executor.warm.set('shop:2', { requested: 2, available: 0, allocated: 0, failure: 'SyntaxError' })
    const back = await move(client, '1')
    expect(back).toMatchObject({ FunctionVersion: '1' })
    expect(back.RoutingConfig).toBeUndefined()
    expect(await get(client, 'live')).toMatchObject({ Status: 'READY' })
  })

  test('lets its provisioned concurrency be handed over: away from the alias, then on the version', async () => {
    const { client } = await startShop()
    await put(client, 'live')
    await remove(client, 'live')
    expect(await put(client, '1')).toMatchObject({ Status: 'IN_PROGRESS' })
    const weighted = await client.send(
      new UpdateAliasCommand({
        FunctionName: 'shop',
        Name: 'live',
        RoutingConfig: { AdditionalVersionWeights: { 2: 0.1 } },
      }),
    )
    expect(weighted.RoutingConfig?.AdditionalVersionWeights).toEqual({ 2: 0.1 })
    await put(client, '2')
    expect(await get(client, '1')).toMatchObject({ RequestedProvisionedConcurrentExecutions: 2 })
  })
})
