import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  ListTagsOfResourceCommand,
  UpdateItemCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb'
import {
  type _Record,
  DescribeStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams'
import { expect, test } from 'vitest'
import { account, useTables } from './running-tables.ts'

const running = useTables()
const order = { id: { S: 'a' } }

function update(TableName: string, expression: string, values: Record<string, { N: string }>) {
  return running().client.send(
    new UpdateItemCommand({
      TableName,
      Key: order,
      UpdateExpression: expression,
      ExpressionAttributeValues: values,
    }),
  )
}

/** The event and the images of each record. */
function changes(records: readonly _Record[]): unknown[] {
  return records.map(({ eventName, dynamodb: { OldImage, NewImage } = {} }) => [
    eventName,
    OldImage,
    NewImage,
  ])
}

test('a record has both images of its very write, also if many writes come at once', async () => {
  const { make, put, records, client, clock } = running()
  const { TableName, StreamArn } = await make('NEW_AND_OLD_IMAGES')
  await put(TableName, 'a', { n: { N: '0' } })
  await Promise.all(
    Array.from({ length: 20 }, () => update(TableName, 'SET n = n + :one', { ':one': { N: '1' } })),
  )
  await client.send(new DeleteItemCommand({ TableName, Key: order }))
  const found = await records(StreamArn)
  const image = (n: number) => ({ ...order, n: { N: String(n) } })
  expect(changes(found)).toEqual([
    ['INSERT', undefined, image(0)],
    ...Array.from({ length: 20 }, (_, n) => ['MODIFY', image(n), image(n + 1)]),
    ['REMOVE', image(20), undefined],
  ])
  expect(found[0]).toEqual({
    eventID: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    eventName: 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'eu-west-1',
    dynamodb: {
      ApproximateCreationDateTime: new Date(clock.now),
      Keys: order,
      NewImage: image(0),
      SequenceNumber: expect.stringMatching(/^\d{21}$/) as string,
      SizeBytes: 8,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
  })
  const numbers = found.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? '')
  expect(numbers.toSorted()).toEqual(numbers)
})

test('a write that changes nothing, and one that fails, write no record; a batch writes one for each change', async () => {
  const { make, put, records, client } = running()
  const { TableName, StreamArn } = await make('KEYS_ONLY')
  const tags = { set: { SS: ['a', 'b'] }, B: { B: Buffer.from([0, 255]) } }
  await put(TableName, 'a', tags)
  await put(TableName, 'a', tags)
  await client.send(new DeleteItemCommand({ TableName, Key: { id: { S: 'none' } } }))
  await expect(update(TableName, 'ADD B :n', { ':n': { N: '1' } })).rejects.toThrow('An operand')
  await client.send(
    new BatchWriteItemCommand({
      RequestItems: {
        [TableName]: [
          { PutRequest: { Item: { id: { S: 'b' } } } },
          { DeleteRequest: { Key: order } },
          { DeleteRequest: { Key: { id: { S: 'none' } } } },
        ],
      },
    }),
  )
  const found = await records(StreamArn)
  expect(
    found.map(({ eventName, dynamodb }) => `${eventName} ${dynamodb?.Keys?.['id']?.S}`).toSorted(),
  ).toEqual(['INSERT a', 'INSERT b', 'REMOVE a'])
  expect(found[0]?.dynamodb).not.toHaveProperty('NewImage')
})

test('a stream shows the images that it is made for, with bytes and nested values', async () => {
  const { make, put, records } = running()
  const [newer, older] = [await make('NEW_IMAGE'), await make('OLD_IMAGE')]
  const values = { bytes: { B: Uint8Array.from([0, 255]) }, list: { L: [{ M: { B: { S: 'text' } } }] } }
  for (const { TableName } of [newer, older]) {
    await put(TableName, 'a', values)
    await put(TableName, 'a')
  }
  const full = { ...order, ...values }
  expect(changes(await records(newer.StreamArn))).toEqual([
    ['INSERT', undefined, full],
    ['MODIFY', undefined, order],
  ])
  expect(changes(await records(older.StreamArn))).toEqual([
    ['INSERT', undefined, undefined],
    ['MODIFY', full, undefined],
  ])
})

test('iterators begin at each place, go on, and end after 15 minutes; records go after 24 hours', async () => {
  const { make, put, records, iterator, streams, clock } = running()
  const { TableName, StreamArn } = await make('NEW_IMAGE')
  for (const id of ['a', 'b', 'c']) await put(TableName, id)
  const numbers = (await records(StreamArn)).map(({ dynamodb }) => dynamodb?.SequenceNumber)
  const read = async (ShardIterator: string | undefined, Limit?: number) => {
    const found = await streams.send(new GetRecordsCommand({ ShardIterator, Limit }))
    return {
      ids: found.Records?.map(({ dynamodb }) => dynamodb?.Keys?.['id']?.S),
      next: found.NextShardIterator,
    }
  }
  const [, SequenceNumber] = numbers
  const at = await iterator(StreamArn, { ShardIteratorType: 'AT_SEQUENCE_NUMBER', SequenceNumber })
  const after = await iterator(StreamArn, { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber })
  const latest = await iterator(StreamArn, { ShardIteratorType: 'LATEST' })
  const first = await read(await iterator(StreamArn), 1)
  expect(first.ids).toEqual(['a'])
  expect((await read(first.next)).ids).toEqual(['b', 'c'])
  expect([(await read(at)).ids, (await read(after)).ids, (await read(latest)).ids]).toEqual([
    ['b', 'c'],
    ['c'],
    [],
  ])
  await put(TableName, 'd')
  const next = await read(latest)
  expect(next.ids).toEqual(['d'])
  clock.now += 900_001
  await expect(read(next.next)).rejects.toMatchObject({ name: 'ExpiredIteratorException' })
  await expect(read('nonsense')).rejects.toMatchObject({ name: 'ValidationException' })
  clock.now += 86_400_000
  expect(await records(StreamArn)).toEqual([])
})

test('a table tells of its stream, which ends with it and is read for another 24 hours', async () => {
  const { make, put, iterator, client, streams, clock } = running()
  const { TableName, StreamArn: none } = await make(undefined, { Tags: [{ Key: 'team', Value: 'shop' }] })
  expect(none).toBe('')
  const described = async () => (await client.send(new DescribeTableCommand({ TableName }))).Table
  const ResourceArn = (await described())?.TableArn
  expect((await client.send(new ListTagsOfResourceCommand({ ResourceArn }))).Tags).toEqual([
    { Key: 'team', Value: 'shop' },
  ])
  const set = (StreamSpecification: { StreamEnabled: boolean; StreamViewType?: 'KEYS_ONLY' }) =>
    client.send(new UpdateTableCommand({ TableName, StreamSpecification }))
  await expect(set({ StreamEnabled: false })).rejects.toThrow('Table has no stream to disable')
  const on = { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' } as const
  const { TableDescription } = await set(on)
  const { LatestStreamArn = '', LatestStreamLabel } = TableDescription ?? {}
  expect(await described()).toMatchObject({ LatestStreamArn, LatestStreamLabel, StreamSpecification: on })
  expect(LatestStreamArn).toBe(
    `arn:aws:dynamodb:eu-west-1:${account}:table/${TableName}/stream/${LatestStreamLabel}`,
  )
  await expect(set(on)).rejects.toThrow('Table already has an enabled stream')
  await expect(set({ StreamEnabled: true })).rejects.toThrow(
    'One or more parameter values were invalid: If stream is being enabled then UpdateViewType is required',
  )
  await expect(set({ ...on, StreamEnabled: false })).rejects.toThrow('UpdateViewType must not be specified')
  await expect(make(undefined, { StreamSpecification: { StreamEnabled: true } })).rejects.toThrow(
    'Table is being created with a stream enabled, UpdateViewType is required',
  )
  const { Streams } = await streams.send(new ListStreamsCommand({ TableName }))
  expect(Streams).toEqual([{ StreamArn: LatestStreamArn, TableName, StreamLabel: LatestStreamLabel }])

  await put(TableName, 'a')
  const from = await iterator(LatestStreamArn)
  await client.send(new DeleteTableCommand({ TableName }))
  const gone = await streams.send(new DescribeStreamCommand({ StreamArn: LatestStreamArn }))
  expect(gone.StreamDescription).toMatchObject({
    StreamStatus: 'DISABLED',
    StreamViewType: 'KEYS_ONLY',
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    Shards: [{ SequenceNumberRange: { EndingSequenceNumber: expect.any(String) as string } }],
  })
  const rest = await streams.send(new GetRecordsCommand({ ShardIterator: from }))
  expect([rest.Records?.length, rest.NextShardIterator]).toEqual([1, undefined])
  clock.now += 86_400_001
  const missing = streams.send(new DescribeStreamCommand({ StreamArn: LatestStreamArn }))
  await expect(missing).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('inputs that DynamoDB Streams refuses are refused', async () => {
  const { make, streams } = running()
  const { StreamArn } = await make('NEW_IMAGE')
  const short = streams.send(new DescribeStreamCommand({ StreamArn: 'arn' }))
  await expect(short).rejects.toThrow(
    "1 validation error detected: Value 'arn' at 'streamArn' failed to satisfy constraint: Member must have length greater than or equal to 37",
  )
  const ShardId = 'shardId-00000000000000000000-none'
  const elsewhere = streams.send(
    new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'LATEST' }),
  )
  await expect(elsewhere).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})
