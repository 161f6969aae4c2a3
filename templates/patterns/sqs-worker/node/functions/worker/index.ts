import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'

interface Order {
  id: string
  sku: string
  quantity: number
}

const dynamoDb = new DynamoDBClient()

/** Stores the orders of a batch, and reports the messages that failed, so that only these come back. */
export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  const failed = (await Promise.all(Records.map(failureOf))).filter((id) => id !== undefined)
  // The alarms count the errors of invocations, and see no single message.
  if (failed.length > 0 && failed.length === Records.length)
    throw new Error('all messages of the batch failed')
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) }
}

/** Handles one message. @returns its id if it failed */
async function failureOf({ messageId, body }: SQSRecord): Promise<string | undefined> {
  try {
    await store(parseOrder(body))
    return undefined
  } catch (error) {
    console.error({ message: 'order failed', messageId, reason: String(error) })
    return messageId
  }
}

/** @throws Error for a body that is no order */
function parseOrder(body: string): Order {
  const { id, sku, quantity } = JSON.parse(body) as Partial<Order>
  if (typeof id !== 'string' || id === '') throw new Error('expected an order with an id')
  if (typeof sku !== 'string' || sku === '') throw new Error(`expected a sku in order ${id}`)
  if (!Number.isInteger(quantity) || Number(quantity) < 1)
    throw new Error(`expected a quantity in order ${id}`)
  return { id, sku, quantity: Number(quantity) }
}

/** A queue delivers at least once: an order that is there already stays as it is. */
async function store({ id, sku, quantity }: Order): Promise<void> {
  const put = new PutItemCommand({
    TableName: process.env.TABLE,
    Item: { id: { S: id }, sku: { S: sku }, quantity: { N: `${quantity}` } },
    ConditionExpression: 'attribute_not_exists(id)',
  })
  try {
    await dynamoDb.send(put)
    console.info({ message: 'order stored', order: id })
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error
    console.info({ message: 'order is there already', order: id })
  }
}
