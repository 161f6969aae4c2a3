import {
  PutItemCommand,
  TransactGetItemsCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb'
import { expect, test } from 'vitest'
import { useTables } from './running-tables.ts'

const running = useTables()
const key = (id: string) => ({ id: { S: id } })

function write(TransactItems: TransactWriteItem[], ClientRequestToken?: string) {
  return running().client.send(new TransactWriteItemsCommand({ TransactItems, ClientRequestToken }))
}

test('a transaction writes all of its items with one record each, and is read as a whole', async () => {
  const { make, put, records, client } = running()
  const [orders, stock] = [await make('NEW_AND_OLD_IMAGES'), await make('NEW_IMAGE')]
  await put(stock.TableName, 'chair', { left: { N: '3' } })
  await put(stock.TableName, 'old')
  const items: TransactWriteItem[] = [
    { Put: { TableName: orders.TableName, Item: key('o1') } },
    {
      Update: {
        TableName: stock.TableName,
        Key: key('chair'),
        UpdateExpression: 'SET #l = #l - :one',
        ConditionExpression: '#l >= :one',
        ExpressionAttributeNames: { '#l': 'left' },
        ExpressionAttributeValues: { ':one': { N: '1' } },
      },
    },
    { Delete: { TableName: stock.TableName, Key: key('old') } },
    {
      ConditionCheck: {
        TableName: orders.TableName,
        Key: key('o2'),
        ConditionExpression: 'attribute_not_exists(id)',
      },
    },
  ]
  await write(items, 'token-1')
  // The same transaction again is the same one.
  await write(items, 'token-1')
  await expect(write(items.slice(1), 'token-1')).rejects.toMatchObject({
    name: 'IdempotentParameterMismatchException',
  })
  const { Responses } = await client.send(
    new TransactGetItemsCommand({
      TransactItems: [
        { Get: { TableName: orders.TableName, Key: key('o1') } },
        { Get: { TableName: stock.TableName, Key: key('chair') } },
        { Get: { TableName: stock.TableName, Key: key('old') } },
      ],
    }),
  )
  expect(Responses).toEqual([{ Item: key('o1') }, { Item: { ...key('chair'), left: { N: '2' } } }, {}])
  const names = async (arn: string) => (await records(arn)).map(({ eventName }) => eventName)
  expect(await names(orders.StreamArn)).toEqual(['INSERT'])
  expect(await names(stock.StreamArn)).toEqual(['INSERT', 'INSERT', 'MODIFY', 'REMOVE'])
})

test('a transaction that fails writes nothing, and tells why for each action', async () => {
  const { make, put, get, records } = running()
  const { TableName, StreamArn } = await make('NEW_IMAGE')
  await put(TableName, 'b', { n: { S: 'text' } })
  const failed = write([
    { Put: { TableName, Item: key('a') } },
    {
      Put: {
        TableName,
        Item: key('b'),
        ConditionExpression: 'attribute_not_exists(id)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    {
      Update: {
        TableName,
        Key: key('c'),
        UpdateExpression: 'SET n = n + :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
      },
    },
  ])
  await expect(failed).rejects.toMatchObject({
    name: 'TransactionCanceledException',
    message:
      'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, ValidationError]',
    CancellationReasons: [
      { Code: 'None' },
      {
        Code: 'ConditionalCheckFailed',
        Message: 'The conditional request failed',
        Item: { ...key('b'), n: { S: 'text' } },
      },
      { Code: 'ValidationError' },
    ],
  })
  expect([await get(TableName, 'a'), (await records(StreamArn)).length]).toEqual([undefined, 1])
})

test('a transaction takes each item once, one action an element, and tables that are there', async () => {
  const { make } = running()
  const { TableName } = await make()
  const put = { TableName, Item: key('a') }
  await expect(write([{ Put: put }, { Delete: { TableName, Key: key('a') } }])).rejects.toThrow(
    'Transaction request cannot include multiple operations on one item',
  )
  await expect(write([{ Put: put, Delete: { TableName, Key: key('b') } }])).rejects.toThrow(
    'TransactItems can only contain one of',
  )
  await expect(write([])).rejects.toThrow(
    "at 'transactItems' failed to satisfy constraint: Member must have length greater than or equal to 1",
  )
  await expect(write([{ Put: { ...put, TableName: 'nowhere' } }])).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
})

test('transactions and other writes that come at once lose no update', async () => {
  const { make, put, get, records } = running()
  const { TableName, StreamArn } = await make('KEYS_ONLY')
  await put(TableName, 'a', { n: { N: '0' } })
  const added = { ':one': { N: '1' } }
  const Update = {
    TableName,
    Key: key('a'),
    UpdateExpression: 'SET n = n + :one',
    ExpressionAttributeValues: added,
  }
  await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      at % 2 === 0 ? write([{ Update }, { Put: { TableName, Item: key(`b${at}`) } }]) : write([{ Update }]),
    ),
  )
  expect(await get(TableName, 'a')).toEqual({ ...key('a'), n: { N: '20' } })
  expect(await records(StreamArn)).toHaveLength(31)
})

test('a condition that fails shows the item, if the client wants it', async () => {
  const { make, put, client } = running()
  const { TableName } = await make()
  await put(TableName, 'a', { n: { N: '1' } })
  const failing = new PutItemCommand({
    TableName,
    Item: key('a'),
    ConditionExpression: 'attribute_not_exists(id)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  })
  await expect(client.send(failing)).rejects.toMatchObject({
    name: 'ConditionalCheckFailedException',
    Item: { ...key('a'), n: { N: '1' } },
  })
})
