import {
  CreateAliasCommand,
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  type LambdaClient,
  ListEventSourceMappingsCommand,
  ListTagsCommand,
  TagResourceCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { account, arnOf, createActive, fault, publishVersions, region, startLambda } from '../sandbox.ts'

const arnIn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`
const queue = arnIn('sqs', 'orders')
const stream = arnIn('kinesis', 'stream/clicks')
const brokers = { Endpoints: { KAFKA_BOOTSTRAP_SERVERS: ['kafka:9092'] } }
const table = arnIn('dynamodb', 'table/t/stream/2026-01-01T00:00:00.000')

const create = (client: LambdaClient, input: Partial<CreateEventSourceMappingCommandInput> = {}) =>
  client.send(new CreateEventSourceMappingCommand({ FunctionName: 'jobs', EventSourceArn: queue, ...input }))
const get = (client: LambdaClient, UUID: string | undefined) =>
  client.send(new GetEventSourceMappingCommand({ UUID }))
const becomes = (client: LambdaClient, UUID: string | undefined, State: string) =>
  expect.poll(async () => (await get(client, UUID)).State, { interval: 5 }).toBe(State)

async function startJobs() {
  const sandbox = await startLambda()
  await createActive(sandbox.client, 'jobs')
  return sandbox
}

test('a mapping of a queue is created, updated, disabled, tagged and deleted', async () => {
  const { client, rows } = await startJobs()
  const created = await create(client, { Tags: { team: 'a' } })
  const { UUID, EventSourceMappingArn: Resource } = created
  expect(created).toMatchObject({
    $metadata: { httpStatusCode: 202 },
    EventSourceMappingArn: arnIn('lambda', `event-source-mapping:${UUID}`),
    FunctionArn: arnOf('jobs'),
    EventSourceArn: queue,
    BatchSize: 10,
    MaximumBatchingWindowInSeconds: 0,
    FunctionResponseTypes: [],
    State: 'Creating',
    StateTransitionReason: 'USER_INITIATED',
  })
  await becomes(client, UUID, 'Enabled')
  const update = (change: object) => client.send(new UpdateEventSourceMappingCommand({ UUID, ...change }))
  expect(await update({ BatchSize: 5 })).toMatchObject({ BatchSize: 5, State: 'Updating' })
  await becomes(client, UUID, 'Enabled')
  expect(await update({ Enabled: false })).toMatchObject({ BatchSize: 5, State: 'Disabling' })
  await becomes(client, UUID, 'Disabled')
  await client.send(new TagResourceCommand({ Resource, Tags: { stage: 'b' } }))
  expect((await client.send(new ListTagsCommand({ Resource }))).Tags).toEqual({ team: 'a', stage: 'b' })
  expect(rows.text()).toContain(UUID)
  expect(await client.send(new DeleteEventSourceMappingCommand({ UUID }))).toMatchObject({
    State: 'Deleting',
  })
  await expect
    .poll(() => get(client, UUID).catch((error: Error) => error.message), { interval: 5 })
    .toBe('The resource you requested does not exist.')
})

test('a mapping of a stream has the defaults of streams', async () => {
  const { client } = await startJobs()
  expect(await create(client, { EventSourceArn: stream, StartingPosition: 'LATEST' })).toMatchObject({
    BatchSize: 100,
    BisectBatchOnFunctionError: false,
    DestinationConfig: { OnFailure: {} },
    LastProcessingResult: 'No records processed',
    MaximumRecordAgeInSeconds: -1,
    MaximumRetryAttempts: -1,
    ParallelizationFactor: 1,
    StartingPosition: 'LATEST',
    StateTransitionReason: 'User action',
    TumblingWindowInSeconds: 0,
  })
})

test('mappings are listed by function or alias, by source and in pages', async () => {
  const { client } = await startJobs()
  await publishVersions(client, 'jobs', 1)
  await client.send(new CreateAliasCommand({ FunctionName: 'jobs', Name: 'live', FunctionVersion: '1' }))
  await create(client)
  await create(client, { FunctionName: 'jobs:live' })
  await create(client, { EventSourceArn: stream, StartingPosition: 'TRIM_HORIZON' })
  const list = async (input: object) => {
    const answer = await client.send(new ListEventSourceMappingsCommand(input))
    return { ...answer, of: answer.EventSourceMappings?.map(({ FunctionArn }) => FunctionArn).toSorted() }
  }
  expect((await list({ FunctionName: 'jobs' })).of).toEqual([arnOf('jobs'), arnOf('jobs')])
  expect((await list({ FunctionName: arnOf('jobs:live') })).of).toEqual([arnOf('jobs:live')])
  expect((await list({ EventSourceArn: queue })).of).toEqual([arnOf('jobs'), arnOf('jobs:live')])
  const first = await list({ MaxItems: 2 })
  const second = await list({ Marker: first.NextMarker })
  expect([first.of?.length, second.of?.length, second.NextMarker]).toEqual([2, 1, undefined])
})

test('a mapping in use is neither changed nor deleted, and a pair is mapped once', async () => {
  const { client } = await startLambda({ updateDelayMs: 200 })
  await createActive(client, 'jobs')
  const { UUID } = await create(client)
  await expect(client.send(new DeleteEventSourceMappingCommand({ UUID }))).rejects.toMatchObject(
    fault('ResourceInUseException', 400, 'Cannot delete the event source mapping because it is in use.'),
  )
  await expect(create(client)).rejects.toMatchObject(
    fault(
      'ResourceConflictException',
      409,
      `An event source mapping with SQS arn (" ${queue} ") and function (" jobs ") already exists. Please update or delete the existing mapping with UUID ${UUID}`,
    ),
  )
})

test('criteria without filters are no criteria', async () => {
  const { client } = await startJobs()
  const { FilterCriteria: created, UUID } = await create(client, { FilterCriteria: { Filters: [] } })
  await becomes(client, UUID, 'Enabled')
  const update = (FilterCriteria: object) =>
    client.send(new UpdateEventSourceMappingCommand({ UUID, FilterCriteria }))
  const filters = { Filters: [{ Pattern: '{"body": ["a"]}' }] }
  const { FilterCriteria: set } = await update(filters)
  await becomes(client, UUID, 'Enabled')
  const { FilterCriteria: cleared } = await update({ Filters: [] })
  expect([created, set, cleared]).toEqual([undefined, filters, undefined])
})

test('a mapping of brokers reads from the beginning, in a group of consumers of its own', async () => {
  const { client } = await startJobs()
  const mapping = await create(client, {
    EventSourceArn: undefined,
    SelfManagedEventSource: brokers,
    SourceAccessConfigurations: [{ Type: 'BASIC_AUTH', URI: arnIn('secretsmanager', 'secret:login-abcdef') }],
    Topics: ['orders'],
  })
  expect(mapping).toMatchObject({ BatchSize: 100, StartingPosition: 'TRIM_HORIZON', Topics: ['orders'] })
  expect(mapping.SelfManagedKafkaEventSourceConfig?.ConsumerGroupId).toMatch(/^[0-9a-f-]{36}$/)
})

const timestamp = new Date(0)
test.each<[string, Partial<CreateEventSourceMappingCommandInput>]>([
  ['Unrecognized event source.', { EventSourceArn: undefined }],
  ['Unrecognized event source.', { EventSourceArn: arnIn('sns', 'topic') }],
  ['Function does not exist', { FunctionName: 'none' }],
  ['Function does not exist', { FunctionName: 'jobs:live' }],
  ['StartingPosition is not valid for SQS event sources.', { StartingPosition: 'LATEST' }],
  [
    "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    { EventSourceArn: stream },
  ],
  [
    'Timestamp only valid with StartingPosition AT_TIMESTAMP',
    { EventSourceArn: stream, StartingPosition: 'LATEST', StartingPositionTimestamp: timestamp },
  ],
  [
    `Unsupported starting position for arn type: ${table}`,
    { EventSourceArn: table, StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: timestamp },
  ],
  [
    'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    { BatchSize: 11 },
  ],
  ['Invalid filter pattern definition.', { FilterCriteria: { Filters: [{ Pattern: '[' }] } }],
  ['ParallelizationFactor is not valid for sqs event sources.', { ParallelizationFactor: 2 }],
  [
    'Unsupported DestinationConfig parameter for given event source mapping type.',
    { FunctionName: 'none', DestinationConfig: { OnSuccess: { Destination: queue } } },
  ],
  [
    'Received Exception while reading from provided stream. class java.lang.Long can not be converted to a Timestamp',
    {
      EventSourceArn: stream,
      StartingPosition: 'AT_TIMESTAMP',
      StartingPositionTimestamp: new Date(-1000),
    },
  ],
  [
    "Required 'sourceAccessConfigurations' parameter is missing.",
    { EventSourceArn: undefined, SelfManagedEventSource: brokers },
  ],
])('a mapping is refused: %s', async (message, input) => {
  const { client } = await startJobs()
  await expect(create(client, input)).rejects.toMatchObject(
    fault('InvalidParameterValueException', 400, message),
  )
})

test('a mapping that is not there has no tags either', async () => {
  const { client } = await startLambda()
  const Resource = arnIn('lambda', 'event-source-mapping:00000000-0000-0000-0000-000000000000')
  await expect(client.send(new ListTagsCommand({ Resource }))).rejects.toMatchObject(
    fault('ResourceNotFoundException', 404, `Event source mapping not found: ${Resource}`),
  )
})
