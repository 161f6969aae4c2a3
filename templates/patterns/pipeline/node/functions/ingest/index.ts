import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import type { S3Event, S3EventRecord } from 'aws-lambda'

interface Order {
  id: string
  sku: string
  quantity: number
  /** Cents for one piece. */
  price: number
}

/** An order as the table and the topic have it. */
interface OrderRecord extends Order {
  /** Cents. */
  total: number
  /** The key of the file. */
  file: string
}

const s3 = new S3Client()
const dynamoDb = new DynamoDBClient()
const sns = new SNSClient()

/** Takes each new file in. An error has Lambda try the event again. */
export async function handler({ Records }: S3Event): Promise<void> {
  for (const { s3: described } of Records) await ingest(described)
}

async function ingest({ bucket, object }: S3EventRecord['s3']): Promise<void> {
  // S3 encodes keys as forms do.
  const file = decodeURIComponent(object.key.replaceAll('+', ' '))
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket.name, Key: file }))
  const order = parseOrder((await Body?.transformToString()) ?? '')
  const record = { ...order, total: order.quantity * order.price, file }
  await store(record)
  await announce(record)
  console.info({ message: 'order taken in', order: order.id, file })
}

/** @throws Error for a text that is no order */
function parseOrder(text: string): Order {
  const { id, sku, quantity, price } = JSON.parse(text) as Partial<Order>
  if (typeof id !== 'string' || id === '') throw new Error('expected an order with an id')
  if (typeof sku !== 'string' || sku === '') throw new Error(`expected a sku in order ${id}`)
  if (!Number.isInteger(quantity) || Number(quantity) < 1)
    throw new Error(`expected a quantity in order ${id}`)
  if (!Number.isInteger(price) || Number(price) < 0)
    throw new Error(`expected a price in cents in order ${id}`)
  return { id, sku, quantity: Number(quantity), price: Number(price) }
}

/** An order that is there already stays as it is: an earlier try may have stored it. */
async function store({ id, sku, quantity, price, total, file }: OrderRecord): Promise<void> {
  const put = new PutItemCommand({
    TableName: process.env.TABLE,
    Item: {
      id: { S: id },
      sku: { S: sku },
      quantity: { N: `${quantity}` },
      price: { N: `${price}` },
      total: { N: `${total}` },
      file: { S: file },
    },
    ConditionExpression: 'attribute_not_exists(id)',
  })
  try {
    await dynamoDb.send(put)
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error
  }
}

/** A try that failed after the record was stored told nobody, so each try tells. */
async function announce(record: OrderRecord): Promise<void> {
  await sns.send(
    new PublishCommand({
      TopicArn: process.env.TOPIC,
      Message: JSON.stringify(record),
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'order' } },
    }),
  )
}
