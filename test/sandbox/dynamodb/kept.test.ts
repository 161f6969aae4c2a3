import {
  DeleteTableCommand,
  ListTablesCommand,
  QueryCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb'
import { GetRecordsCommand } from '@aws-sdk/client-dynamodb-streams'
import { expect, onTestFinished, test } from 'vitest'
import { dynamoDbService } from '../../../src/sandbox/dynamodb/service.ts'
import { isRecords, type Row } from '../../../src/sandbox/state/persistent.ts'
import { serve } from '../serve.ts'
import { followRows } from '../state/rows.ts'
import { account, clientsOf, shortcuts } from './running-tables.ts'

const clock = { now: 1_790_000_000_000 }

/** A sandbox's DynamoDB, with the rows that earlier ones have written. */
async function run(...before: ReturnType<typeof followRows>[]) {
  const service = dynamoDbService({ clock: () => clock.now })
  for (const written of before) written.restore(service.persistent)
  const rows = followRows(service.persistent)
  const served = await serve([service.service], account)
  const clients = clientsOf(served.endpoint)
  onTestFinished(async () => {
    clients.client.destroy()
    clients.streams.destroy()
    service.close()
    await served.close()
  })
  return { ...clients, rows, service, ...shortcuts(clients) }
}

test('tables, items, indexes, streams, iterators and times to live outlive the sandbox', async () => {
  const first = await run()
  const { TableName, StreamArn } = await first.make('NEW_AND_OLD_IMAGES', {
    AttributeDefinitions: [
      { AttributeName: 'id', AttributeType: 'S' },
      { AttributeName: 'owner', AttributeType: 'S' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'owners',
        KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  })
  const gone = await first.make('KEYS_ONLY')
  await first.put(gone.TableName, 'secret')
  await first.client.send(new DeleteTableCommand({ TableName: gone.TableName }))
  const owner = { S: 'ada' }
  await first.put(TableName, 'a', { owner, until: { N: String(clock.now / 1000 + 60) } })
  const TimeToLiveSpecification = { Enabled: true, AttributeName: 'until' }
  await first.client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }))
  const from = await first.iterator(StreamArn)

  // The clock of the next one may be behind.
  clock.now -= 1000
  const second = await run(first.rows)
  const { TableNames } = await second.client.send(new ListTablesCommand({}))
  expect(TableNames).toEqual([TableName])
  const { Items } = await second.client.send(
    new QueryCommand({
      TableName,
      IndexName: 'owners',
      KeyConditionExpression: '#o = :ada',
      ExpressionAttributeNames: { '#o': 'owner' },
      ExpressionAttributeValues: { ':ada': owner },
    }),
  )
  expect(Items).toMatchObject([{ id: { S: 'a' } }])
  await second.put(TableName, 'b')

  const third = await run(first.rows, second.rows)
  clock.now += 120_000
  // Nobody has asked the third one for anything yet.
  await third.service.clean()
  const { Records = [] } = await third.streams.send(new GetRecordsCommand({ ShardIterator: from }))
  expect(Records.map(({ eventName, dynamodb }) => `${eventName} ${dynamodb?.Keys?.['id']?.S}`)).toEqual([
    'INSERT a',
    'INSERT b',
    'REMOVE a',
  ])
  const numbers = Records.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? '')
  expect(numbers.toSorted()).toEqual(numbers)

  clock.now += 86_400_000
  await third.service.clean()
  expect(third.rows.text()).not.toContain('secret')
})

test('a write that the disk did not take is undone, with its record', async () => {
  const { service, make, put, get, records } = await run()
  const { TableName, StreamArn } = await make('NEW_IMAGE')
  await put(TableName, 'a')
  const written = service.persistent.filter(isRecords).map((part) => ({ part, rows: [...part.changes()] }))
  expect(written.flatMap(({ rows }) => rows).length).toBeGreaterThan(0)
  await put(TableName, 'b')
  for (const part of service.persistent.filter(isRecords)) {
    const gone = Array.from(part.changes(), ([key]): Row => [key, undefined])
    part.apply(gone)
  }
  expect([await get(TableName, 'a'), await get(TableName, 'b')]).toEqual([{ id: { S: 'a' } }, undefined])
  expect(await records(StreamArn)).toHaveLength(1)
})
