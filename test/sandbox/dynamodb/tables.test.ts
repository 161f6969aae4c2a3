import {
  CreateTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  ResourceNotFoundException,
  UpdateItemCommand,
  UpdateTableCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb'
import { expect, test } from 'vitest'
import { clientSettings, useSandbox } from '../../cli/sandbox.ts'

const sandbox = useSandbox()
const client = () => new DynamoDBClient(clientSettings(sandbox().url))
const TableName = 'orders'

test('a table takes items, keeps conditions, and is of its Region', async () => {
  using dynamodb = closing(client())
  await dynamodb.client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      // As Terraform sends them.
      DeletionProtectionEnabled: false,
      TableClass: 'STANDARD',
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'at', AttributeType: 'N' },
      ],
      KeySchema: [
        { AttributeName: 'id', KeyType: 'HASH' },
        { AttributeName: 'at', KeyType: 'RANGE' },
      ],
    }),
  )
  await waitUntilTableExists({ client: dynamodb.client, maxWaitTime: 20, minDelay: 0.1 }, { TableName })
  const { Table } = await dynamodb.client.send(new DescribeTableCommand({ TableName }))
  expect(Table).toMatchObject({
    TableArn: 'arn:aws:dynamodb:eu-west-1:000000000000:table/orders',
    TableStatus: 'ACTIVE',
    CreationDateTime: expect.any(Date) as Date,
  })

  const backups = await dynamodb.client.send(new DescribeContinuousBackupsCommand({ TableName }))
  expect(backups.ContinuousBackupsDescription).toMatchObject({
    PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
  })

  const key = { id: { S: 'a' }, at: { N: '1' } }
  const B = { S: 'an attribute of this name' }
  const item = {
    ...key,
    B,
    bytes: { B: Buffer.from([0, 255]) },
    list: { L: [{ BOOL: true }, { NULL: true }] },
  }
  const put = { TableName, Item: item, ConditionExpression: 'attribute_not_exists(id)' }
  await dynamodb.client.send(new PutItemCommand(put))
  await expect(dynamodb.client.send(new PutItemCommand(put))).rejects.toMatchObject({
    name: 'ConditionalCheckFailedException',
    message: 'The conditional request failed',
  })
  await dynamodb.client.send(
    new UpdateItemCommand({
      TableName,
      Key: key,
      UpdateExpression: 'SET #n = if_not_exists(#n, :zero) + :one',
      ExpressionAttributeNames: { '#n': 'count' },
      ExpressionAttributeValues: { ':zero': { N: '0' }, ':one': { N: '1' } },
    }),
  )
  const { Item } = await dynamodb.client.send(new GetItemCommand({ TableName, Key: key }))
  expect(Item).toEqual({ ...item, bytes: { B: Uint8Array.from([0, 255]) }, count: { N: '1' } })
  const { Count } = await dynamodb.client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'id = :id',
      ExpressionAttributeValues: { ':id': { S: 'a' } },
    }),
  )
  expect(Count).toBe(1)

  using elsewhere = closing(new DynamoDBClient({ ...clientSettings(sandbox().url), region: 'us-east-1' }))
  expect((await elsewhere.client.send(new ListTablesCommand({}))).TableNames).toEqual([])
})

test('a table that is not there, and an operation that the sandbox does not have, are refused by their names', async () => {
  using dynamodb = closing(client())
  const missing = dynamodb.client.send(new DescribeTableCommand({ TableName: 'nowhere' }))
  await expect(missing).rejects.toBeInstanceOf(ResourceNotFoundException)
  const protection = dynamodb.client.send(
    new UpdateTableCommand({ TableName, DeletionProtectionEnabled: true }),
  )
  await expect(protection).rejects.toThrow('The sandbox does not have the parameter DeletionProtection')
  const statement = dynamodb.client.send(new ExecuteStatementCommand({ Statement: 'SELECT * FROM orders' }))
  await expect(statement).rejects.toThrow('ExecuteStatement')
})

function closing(made: DynamoDBClient): Disposable & { client: DynamoDBClient } {
  return { client: made, [Symbol.dispose]: () => made.destroy() }
}
