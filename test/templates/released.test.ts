import { readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { CreateTableCommand, DynamoDBClient, ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { CreateStreamCommand, KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis'
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn'
import { CreateTopicCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import { runTo } from '../cli/cli.ts'
import { clientSettings, useSandbox } from '../cli/sandbox.ts'
import { serviceWithAll } from './whole-service.ts'

const sandbox = useSandbox()
const arn = (service: string, path: string) => `arn:aws:${service}:eu-west-1:000000000000:${path}`
const named = (name: string) => `shop-${name}-sandbox`
const StreamSpecification = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } as const
const order = { id: 'order-1', sku: 'chair', quantity: 2, price: 4900 }

/** The functions whose sources the sandbox has; an API needs a function's URL. */
const released = [
  'sqs-worker-2',
  's3-objects-2',
  'pipeline-2',
  'sns-fanout-2',
  'eventbridge-2',
  'schedule-2',
  'kinesis-2',
  'dynamodb-stream-2',
  'step-functions-2',
]

// Only this test has each template with its own trigger, from the source to the effect at the other end.
test('each template is released, fed at its source, and has its effect', { timeout: 300_000 }, async () => {
  const folder = await serviceWithAll('node')
  await symlink(join(import.meta.dirname, '../../node_modules'), join(folder, 'node_modules'))
  const place = sandbox().place({ folder })
  const { url } = sandbox()
  const settings = clientSettings(url)
  const clients = {
    sqs: new SQSClient(settings),
    s3: new S3Client({ ...settings, forcePathStyle: true }),
    sns: new SNSClient(settings),
    events: new EventBridgeClient(settings),
    kinesis: new KinesisClient(settings),
    machines: new SFNClient(settings),
    tables: new DynamoDBClient(settings),
  }
  const { sqs, s3, sns, events, kinesis, machines, tables } = clients
  for (const name of ['orders', ...released.map((each) => `${each}-failed`)])
    await sqs.send(
      new CreateQueueCommand({ QueueName: named(name), Attributes: { VisibilityTimeout: '60' } }),
    )
  for (const Bucket of ['files', 'orders'].map(named)) await s3.send(new CreateBucketCommand({ Bucket }))
  await sns.send(new CreateTopicCommand({ Name: named('orders') }))
  await kinesis.send(new CreateStreamCommand({ StreamName: named('kinesis-2'), ShardCount: 1 }))
  const ofOwn = ['sns-fanout-2', 'eventbridge-2', 'kinesis-2', 'step-functions-2']
  for (const TableName of ['orders', 'history', ...ofOwn].map(named)) {
    await tables.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        ...(TableName === named('orders') && { StreamSpecification }),
      }),
    )
  }

  const where = ['--env', 'sandbox', '--endpoint-url', url]
  await runTo(0, ['alarms', 'ensure', ...released, ...where], place)
  const deployed = await runTo(0, ['deploy', ...released, ...where], place)
  for (const trigger of [
    'queue shop-orders',
    'bucket shop-files',
    'topic',
    'schedule',
    'stream of shop-orders',
    'state machine',
  ])
    expect(deployed.stderr).toContain(trigger)

  const body = JSON.stringify(order)
  await sqs.send(
    new SendMessageCommand({ QueueUrl: `${url}/000000000000/${named('orders')}`, MessageBody: body }),
  )
  await s3.send(new PutObjectCommand({ Bucket: named('files'), Key: 'in/monday.csv', Body: 'chair,2\n' }))
  await s3.send(
    new PutObjectCommand({
      Bucket: named('orders'),
      Key: 'in/order-2.json',
      Body: JSON.stringify({ ...order, id: 'order-2' }),
    }),
  )
  await sns.send(
    new PublishCommand({
      TopicArn: arn('sns', named('orders')),
      Message: body,
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'order' } },
    }),
  )
  await events.send(
    new PutEventsCommand({ Entries: [{ Source: 'shop', DetailType: 'Order placed', Detail: body }] }),
  )
  const click = Buffer.from(JSON.stringify({ page: '/chairs', visitor: 'ada' }))
  await kinesis.send(
    new PutRecordCommand({ StreamName: named('kinesis-2'), PartitionKey: 'ada', Data: click }),
  )
  await machines.send(
    new StartExecutionCommand({
      stateMachineArn: arn('states', `stateMachine:${named('step-functions-2')}`),
      input: await readFile(join(folder, 'events/step-functions-2.json'), 'utf8'),
    }),
  )
  sandbox().leaveKey(place)
  await runTo(0, ['sandbox', 'event', 'schedule', `${named('schedule-2')}:live`], place)

  const items = async (name: string) =>
    (await tables.send(new ScanCommand({ TableName: named(name) }))).Items?.map(({ id }) => id?.S).toSorted()
  const keys = async () =>
    (await s3.send(new ListObjectsV2Command({ Bucket: named('files') }))).Contents?.map(({ Key }) => Key)
  const patiently = { timeout: 60_000, interval: 200 }
  // The worker's order, and the pipeline's, of which the subscriber is told as well.
  const both = ['order-1', 'order-2']
  for (const name of ['orders', 'sns-fanout-2']) await expect.poll(() => items(name), patiently).toEqual(both)
  for (const name of ['eventbridge-2', 'kinesis-2', 'step-functions-2'])
    await expect.poll(() => items(name), patiently).toHaveLength(1)
  // The orders have no status until now, so their history is empty.
  await tables.send(
    new UpdateItemCommand({
      TableName: named('orders'),
      Key: { id: { S: 'order-1' } },
      UpdateExpression: 'SET #s = :paid',
      ExpressionAttributeNames: { '#s': 'status' },
      ExpressionAttributeValues: { ':paid': { S: 'paid' } },
    }),
  )
  const history = async () => (await items('history'))?.map((id) => id?.split('#')[0])
  await expect.poll(history, patiently).toEqual(['order-1'])
  await expect.poll(keys, patiently).toContain('out/monday.json')
  await expect.poll(async () => (await keys())?.join(), patiently).toMatch(/reports\/\d{4}-\d\d-\d\d\.json/)
  for (const client of Object.values(clients)) client.destroy()
})
