import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import type { SNSEvent } from 'aws-lambda'

interface Order {
  id: string
  sku: string
  quantity: number
}

const dynamoDb = new DynamoDBClient()

/** Keeps the order of a message. An error has Lambda try the event again. */
export async function handler({ Records }: SNSEvent): Promise<void> {
  for (const { Sns } of Records) await keep(parseOrder(Sns.Message))
}

/** @throws Error for a text that is no order */
function parseOrder(text: string): Order {
  const { id, sku, quantity } = JSON.parse(text) as Partial<Order>
  if (typeof id !== 'string' || id === '') throw new Error('expected an order with an id')
  if (typeof sku !== 'string' || sku === '') throw new Error(`expected a sku in order ${id}`)
  if (!Number.isInteger(quantity) || Number(quantity) < 1)
    throw new Error(`expected a quantity in order ${id}`)
  return { id, sku, quantity: Number(quantity) }
}

/** SNS delivers at least once: an order that is there already stays as it is. */
async function keep({ id, sku, quantity }: Order): Promise<void> {
  const put = new PutItemCommand({
    TableName: process.env.TABLE,
    Item: { id: { S: id }, sku: { S: sku }, quantity: { N: `${quantity}` } },
    ConditionExpression: 'attribute_not_exists(id)',
  })
  try {
    await dynamoDb.send(put)
    console.info({ message: 'order kept', order: id })
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error
    console.info({ message: 'order is there already', order: id })
  }
}
