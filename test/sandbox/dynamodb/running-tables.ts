import { randomUUID } from 'node:crypto'
import {
  type AttributeValue,
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type StreamViewType,
} from '@aws-sdk/client-dynamodb'
import {
  type _Record,
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type GetShardIteratorCommandInput,
} from '@aws-sdk/client-dynamodb-streams'
import { afterAll, beforeAll } from 'vitest'
import { dynamoDbService } from '../../../src/sandbox/dynamodb/service.ts'
import { clientSettings, type Served, serve } from '../serve.ts'

type Item = Record<string, AttributeValue>

/** DynamoDB alone, on a clock that the test sets. */
export interface RunningTables {
  client: DynamoDBClient
  streams: DynamoDBStreamsClient
  /** Milliseconds since the epoch. */
  clock: { now: number }
  clean: () => Promise<void>
  /** Makes a table with the key `id` and a name of its own. @returns the name and the ARN of its stream */
  make: (
    viewType?: StreamViewType,
    more?: Partial<CreateTableCommandInput>,
  ) => Promise<{ TableName: string; StreamArn: string }>
  put: (TableName: string, id: string, more?: Item) => Promise<void>
  get: (TableName: string, id: string) => Promise<Item | undefined>
  iterator: (StreamArn: string, more?: Partial<GetShardIteratorCommandInput>) => Promise<string | undefined>
  /** The records of a stream from its beginning. */
  records: (StreamArn: string) => Promise<_Record[]>
}

export const account = '123456789012'

export function useTables(): () => RunningTables {
  let served: Served | undefined
  let tables: ReturnType<typeof dynamoDbService> | undefined
  let clients: { client: DynamoDBClient; streams: DynamoDBStreamsClient } | undefined
  const clock = { now: 1_790_000_000_000 }
  beforeAll(async () => {
    tables = dynamoDbService({ clock: () => clock.now })
    served = await serve([tables.service], account)
    clients = clientsOf(served.endpoint)
  })
  afterAll(async () => {
    clients?.client.destroy()
    clients?.streams.destroy()
    tables?.close()
    await served?.close()
  })
  return () => {
    if (!clients || !tables) throw new Error('the tables are made by beforeAll')
    return { ...clients, clock, clean: tables.clean, ...shortcuts(clients) }
  }
}

export function clientsOf(endpoint: string): { client: DynamoDBClient; streams: DynamoDBStreamsClient } {
  const settings = clientSettings(endpoint)
  return { client: new DynamoDBClient(settings), streams: new DynamoDBStreamsClient(settings) }
}

export function shortcuts({
  client,
  streams,
}: {
  client: DynamoDBClient
  streams: DynamoDBStreamsClient
}): Omit<RunningTables, 'client' | 'streams' | 'clock' | 'clean'> {
  const iterator: RunningTables['iterator'] = async (StreamArn, more = {}) => {
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }))
    const ShardId = StreamDescription?.Shards?.[0]?.ShardId
    const usual = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' } as const
    return (await streams.send(new GetShardIteratorCommand({ ...usual, ...more }))).ShardIterator
  }
  return {
    iterator,
    async make(viewType, more = {}) {
      const TableName = `t-${randomUUID()}`
      const { TableDescription } = await client.send(
        new CreateTableCommand({
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          ...(viewType && { StreamSpecification: { StreamEnabled: true, StreamViewType: viewType } }),
          ...more,
        }),
      )
      return { TableName, StreamArn: TableDescription?.LatestStreamArn ?? '' }
    },
    async put(TableName, id, more = {}) {
      await client.send(new PutItemCommand({ TableName, Item: { id: { S: id }, ...more } }))
    },
    get: async (TableName, id) =>
      (await client.send(new GetItemCommand({ TableName, Key: { id: { S: id } } }))).Item,
    records: async (StreamArn) =>
      (await streams.send(new GetRecordsCommand({ ShardIterator: await iterator(StreamArn) }))).Records ?? [],
  }
}
