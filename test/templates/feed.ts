import { PutItemCommand } from '@aws-sdk/client-dynamodb'
import { PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { PutRecordCommand } from '@aws-sdk/client-kinesis'
import { GetFunctionUrlConfigCommand } from '@aws-sdk/client-lambda'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { StartExecutionCommand } from '@aws-sdk/client-sfn'
import { PublishCommand } from '@aws-sdk/client-sns'
import { SendMessageCommand } from '@aws-sdk/client-sqs'
import { askSandbox } from '../../src/sandbox/own/ask-sandbox.ts'
import type { Released, World } from './world.ts'

const signed =
  'AWS4-HMAC-SHA256 Credential=test/20261128/eu-west-1/lambda/aws4_request, SignedHeaders=host, Signature=0'

const orderOf = (id: string) => JSON.stringify({ id, sku: 'chair', quantity: 2, price: 4900 })

/** Gives the source of a function one event, whose effect has the id. */
export const feeds: Record<Released, (world: World, id: string) => Promise<unknown>> = {
  async items({ clients: { lambda }, named }, id) {
    const asked = new GetFunctionUrlConfigCommand({ FunctionName: named('items'), Qualifier: 'live' })
    const { FunctionUrl = '' } = await lambda.send(asked)
    const body = JSON.stringify({ name: 'Chair', price: 4900 })
    const headers = { authorization: signed }
    return (await fetch(`${FunctionUrl}items/${id}`, { method: 'PUT', headers, body })).text()
  },
  // Orders without a status have no history.
  'dynamodb-stream-2': ({ clients: { tables }, named }, id) =>
    tables.send(
      new PutItemCommand({ TableName: named('orders'), Item: { id: { S: id }, status: { S: 'paid' } } }),
    ),
  'eventbridge-2': ({ clients: { events } }, id) =>
    events.send(
      new PutEventsCommand({
        Entries: [{ Source: 'shop', DetailType: 'Order placed', Detail: orderOf(id) }],
      }),
    ),
  'kinesis-2': ({ clients: { kinesis }, named }, id) =>
    kinesis.send(
      new PutRecordCommand({
        StreamName: named('kinesis-2'),
        PartitionKey: id,
        Data: Buffer.from(JSON.stringify({ page: `/${id}`, visitor: 'ada' })),
      }),
    ),
  'pipeline-2': ({ clients: { s3 }, named }, id) =>
    s3.send(new PutObjectCommand({ Bucket: named('orders'), Key: `in/${id}.json`, Body: orderOf(id) })),
  's3-objects-2': ({ clients: { s3 }, named }, id) =>
    s3.send(new PutObjectCommand({ Bucket: named('files'), Key: `in/${id}.csv`, Body: 'chair,2\n' })),
  'schedule-2': ({ url, named }) =>
    askSandbox(
      { port: Number(new URL(url).port), accessKey: 'test' },
      {
        patienceMs: 30_000,
        method: 'POST',
        path: '/events',
        body: { source: 'schedule', region: 'eu-west-1', name: named('schedule-2'), qualifier: 'live' },
      },
    ),
  'sns-fanout-2': ({ clients: { sns }, named, arn }, id) =>
    sns.send(
      new PublishCommand({
        TopicArn: arn('sns', named('orders')),
        Message: orderOf(id),
        MessageAttributes: { kind: { DataType: 'String', StringValue: 'order' } },
      }),
    ),
  'sqs-worker-2': ({ clients: { sqs }, url, named }, id) =>
    sqs.send(
      new SendMessageCommand({
        QueueUrl: `${url}/000000000000/${named('orders')}`,
        MessageBody: orderOf(id),
      }),
    ),
  'step-functions-2': ({ clients: { machines }, named, arn }, id) =>
    machines.send(
      new StartExecutionCommand({
        stateMachineArn: arn('states', `stateMachine:${named('step-functions-2')}`),
        input: JSON.stringify({ id, amount: 4900 }),
      }),
    ),
}

/** The ids, keys or pages at the other end of a function. */
export const effects: Record<Released, (world: World) => Promise<string[]>> = {
  items: ({ items }) => items('items'),
  'dynamodb-stream-2': ({ items }) => items('history', 'order'),
  'eventbridge-2': ({ items }) => items('eventbridge-2'),
  'kinesis-2': ({ items }) => items('kinesis-2', 'page'),
  'pipeline-2': ({ items }) => items('orders'),
  's3-objects-2': ({ files }) => files(),
  'schedule-2': ({ files }) => files(),
  'sns-fanout-2': ({ items }) => items('sns-fanout-2'),
  'sqs-worker-2': ({ items }) => items('orders'),
  'step-functions-2': ({ items }) => items('step-functions-2'),
}
