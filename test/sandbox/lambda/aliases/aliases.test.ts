import {
  CreateAliasCommand,
  type CreateAliasCommandInput,
  DeleteAliasCommand,
  GetAliasCommand,
  type LambdaClient,
  ListAliasesCommand,
  UpdateAliasCommand,
  type UpdateAliasCommandInput,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import { lambdaView } from '../../../../src/sandbox/stacks/tagged-functions.ts'
import {
  account,
  arnOf,
  createActive,
  fault,
  publishVersions,
  region,
  revisionOf,
  settled,
  startLambda,
} from '../sandbox.ts'

type Route = Partial<CreateAliasCommandInput>

const weights = (map: Record<string, number>) => ({ AdditionalVersionWeights: map })

function create(client: LambdaClient, input: Route = {}) {
  return client.send(
    new CreateAliasCommand({ FunctionName: 'shop', Name: 'live', FunctionVersion: '1', ...input }),
  )
}

function update(client: LambdaClient, input: Partial<UpdateAliasCommandInput> = {}) {
  return client.send(new UpdateAliasCommand({ FunctionName: 'shop', Name: 'live', ...input }))
}

/** The function `shop` with versions 1 to `count`. */
async function startShop(count: number) {
  const sandbox = await startLambda()
  await createActive(sandbox.client, 'shop')
  await publishVersions(sandbox.client, 'shop', count)
  return sandbox
}

describe('an alias', () => {
  test('is created with one version, without a routing configuration, and leaves $LATEST alone', async () => {
    const { client } = await startShop(1)
    const before = await revisionOf(client, 'shop')
    const alias = await create(client)
    expect(alias).toMatchObject({
      $metadata: { httpStatusCode: 201 },
      AliasArn: `${arnOf('shop')}:live`,
      FunctionVersion: '1',
      Description: '',
    })
    expect(alias.RoutingConfig).toBeUndefined()
    expect(await revisionOf(client, 'shop')).toBe(before)
    expect(await client.send(new GetAliasCommand({ FunctionName: 'shop', Name: 'live' }))).toMatchObject({
      RevisionId: alias.RevisionId,
    })
  })

  test('gets a new revision id with every update, even one that changes nothing', async () => {
    const { client } = await startShop(1)
    const ids = [await create(client), await update(client), await update(client, { Description: '' })].map(
      ({ RevisionId }) => RevisionId,
    )
    expect(new Set(ids).size).toBe(3)
  })

  test('moves weight, version and description in one update', async () => {
    const { client } = await startShop(2)
    await create(client)
    const shifted = await update(client, { RoutingConfig: weights({ 2: 0.1 }), Description: 'step 1' })
    expect(shifted).toMatchObject({
      FunctionVersion: '1',
      Description: 'step 1',
      RoutingConfig: { AdditionalVersionWeights: { 2: 0.1 } },
    })
  })

  test('is promoted by an empty map, and then has no routing configuration', async () => {
    const { client } = await startShop(2)
    await create(client, { RoutingConfig: weights({ 2: 0.5 }) })
    const promoted = await update(client, { FunctionVersion: '2', RoutingConfig: weights({}) })
    expect(promoted.FunctionVersion).toBe('2')
    expect(promoted.RoutingConfig).toBeUndefined()
  })

  test('keeps its weights when an update leaves them out, so moving to the weighted version fails', async () => {
    const { client } = await startShop(2)
    await create(client, { RoutingConfig: weights({ 2: 0.5 }) })
    expect((await update(client, { Description: 'x' })).RoutingConfig?.AdditionalVersionWeights).toEqual({
      2: 0.5,
    })
    await expect(update(client, { FunctionVersion: '2' })).rejects.toMatchObject(
      fault(
        'InvalidParameterValueException',
        400,
        'Invalid function version 2. Function version 2 is already included in routing configuration.',
      ),
    )
  })

  test('is fenced by its revision id on update', async () => {
    const { client } = await startShop(2)
    const { RevisionId } = await create(client)
    await update(client, { RevisionId, FunctionVersion: '2' })
    await expect(update(client, { RevisionId, FunctionVersion: '1' })).rejects.toMatchObject(
      fault(
        'PreconditionFailedException',
        412,
        'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
      ),
    )
  })

  test('that exists cannot be created again', async () => {
    const { client } = await startShop(1)
    await create(client)
    await expect(create(client)).rejects.toMatchObject(
      fault('ResourceConflictException', 409, `Alias already exists: ${arnOf('shop')}:live`),
    )
  })

  test('that is not there is not found, in the words of each operation; deleting it is no error', async () => {
    const { client } = await startShop(1)
    const missing = { FunctionName: 'shop', Name: 'missing' }
    const arn = `${arnOf('shop')}:missing`
    const code = 'ResourceNotFoundException'
    await expect(client.send(new GetAliasCommand(missing))).rejects.toMatchObject(
      fault(code, 404, `Cannot find alias arn: ${arn}`),
    )
    await expect(client.send(new UpdateAliasCommand(missing))).rejects.toMatchObject(
      fault(code, 404, `Alias not found: ${arn}`),
    )
    const deleted = await client.send(new DeleteAliasCommand(missing))
    expect(deleted.$metadata.httpStatusCode).toBe(204)
  })

  test('that is deleted is gone', async () => {
    const { client } = await startShop(1)
    await create(client)
    await client.send(new DeleteAliasCommand({ FunctionName: 'shop', Name: 'live' }))
    await expect(
      client.send(new GetAliasCommand({ FunctionName: 'shop', Name: 'live' })),
    ).rejects.toMatchObject(fault('ResourceNotFoundException', 404, /^Cannot find alias arn/))
  })

  const refusals: [string, Route, string, number, string][] = [
    [
      'more than one weight',
      { RoutingConfig: weights({ 2: 0.1, 3: 0.1 }) },
      'InvalidParameterValueException',
      400,
      'Number of items in AdditionalVersionWeights cannot be greater than 1',
    ],
    [
      'the same version twice',
      { RoutingConfig: weights({ 1: 0.5 }) },
      'InvalidParameterValueException',
      400,
      'Invalid function version 1. Function version 1 is already included in routing configuration.',
    ],
    [
      '$LATEST with weights',
      { FunctionVersion: '$LATEST', RoutingConfig: weights({ 1: 0.5 }) },
      'InvalidParameterValueException',
      400,
      '$LATEST is not supported for an alias pointing to more than 1 version',
    ],
    [
      'a weight above 1',
      { RoutingConfig: weights({ 2: 2 }) },
      'ValidationException',
      400,
      "1 validation error detected: Value '{2=2.0}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]",
    ],
    [
      'a weight below 0',
      { RoutingConfig: weights({ 2: -1 }) },
      'ValidationException',
      400,
      "1 validation error detected: Value '{2=-1.0}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]",
    ],
    [
      'a weight on $LATEST',
      { RoutingConfig: weights({ $LATEST: 0.5 }) },
      'ValidationException',
      400,
      "1 validation error detected: Value '{$LATEST=0.5}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [0-9]+]",
    ],
    [
      'a numeric name',
      { Name: '2024' },
      'ValidationException',
      400,
      "1 validation error detected: Value '2024' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)",
    ],
    [
      'a version that is not there',
      { FunctionVersion: '10' },
      'ResourceNotFoundException',
      404,
      `Function not found: ${arnOf('shop')}:10`,
    ],
    [
      'a weighted version that is not there',
      { RoutingConfig: weights({ 10: 0.5 }) },
      'ResourceNotFoundException',
      404,
      `Function not found: ${arnOf('shop')}:10`,
    ],
    [
      'a function that is not there',
      { FunctionName: 'unknown' },
      'ResourceNotFoundException',
      404,
      `Function not found: ${arnOf('unknown')}:1`,
    ],
    [
      'a description above 256 characters',
      { Description: 'x'.repeat(257) },
      'ValidationException',
      400,
      `1 validation error detected: Value '${'x'.repeat(257)}' at 'description' failed to satisfy constraint: Member must have length less than or equal to 256`,
    ],
  ]
  test.each(refusals)('refuses %s', async (_what, input, code, status, message) => {
    const { client } = await startShop(2)
    await expect(create(client, input)).rejects.toMatchObject(fault(code, status, message))
  })

  test.each([
    ['execution roles', 'execution role', { Role: `arn:aws:iam::${account}:role/other` }],
    [
      'dead-letter queues',
      'dead-letter queue',
      { DeadLetterConfig: { TargetArn: `arn:aws:sqs:eu-west-1:${account}:dead` } },
    ],
  ])('cannot weigh two versions with different %s', async (_what, shared, change) => {
    const { client } = await startShop(1)
    await client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'shop', ...change }))
    await settled(client, 'shop')
    await publishVersions(client, 'shop', 1)
    await expect(create(client, { RoutingConfig: weights({ 2: 0.5 }) })).rejects.toMatchObject(
      fault(
        'InvalidParameterValueException',
        400,
        `Specified versions must be associated with the same ${shared}`,
      ),
    )
  })

  test('is listed by name, page by page, and by a version that it sends traffic to', async () => {
    const { client } = await startShop(2)
    await create(client, { Name: 'live', RoutingConfig: weights({ 2: 0.1 }) })
    await create(client, { Name: 'beta', FunctionVersion: '2' })
    await create(client, { Name: 'alpha' })
    const list = async (input: object) => {
      const page = await client.send(new ListAliasesCommand({ FunctionName: 'shop', ...input }))
      return { names: page.Aliases?.map(({ Name }) => Name), marker: page.NextMarker }
    }
    const first = await list({ MaxItems: 2 })
    expect(first.names).toEqual(['alpha', 'beta'])
    expect(await list({ MaxItems: 2, Marker: first.marker })).toEqual({ names: ['live'], marker: undefined })
    expect((await list({ FunctionVersion: '2' })).names).toEqual(['beta', 'live'])
    await expect(list({ Marker: 'nonsense' })).rejects.toMatchObject(
      fault('InvalidParameterValueException', 400, 'Invalid marker: nonsense'),
    )
  })
})

test('the other services of the sandbox see all aliases of a function, though a list has fifty', async () => {
  const { client, lambda } = await startLambda()
  await createActive(client, 'shop')
  const names = Array.from({ length: 60 }, (_, at) => `live-${at}`)
  for (const Name of names) await create(client, { Name, FunctionVersion: '$LATEST' })
  const call = { account, region, requestId: 'id', host: '127.0.0.1' }
  const found = await lambdaView(() => lambda.service.operations).aliases(call, 'shop')
  expect(new Set(found.map(({ Name }) => Name))).toEqual(new Set(names))
})
