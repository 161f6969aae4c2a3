import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import type { EventBridgeEvent } from 'aws-lambda'

interface Order {
  id: string
  sku: string
  quantity: number
}

const dynamoDb = new DynamoDBClient()

/** Keeps an order that was placed. An error has Lambda try the event again. */
export async function handler(event: EventBridgeEvent<string, Partial<Order>>): Promise<void> {
  if (event['detail-type'] !== 'Order placed') {
    console.warn({ message: 'event of another kind', kind: event['detail-type'] })
    return
  }
  await keep(requireOrder(event.detail))
}

/** @throws Error for a detail that is no order */
function requireOrder({ id, sku, quantity }: Partial<Order>): Order {
  if (typeof id !== 'string' || id === '') throw new Error('expected an order with an id')
  if (typeof sku !== 'string' || sku === '') throw new Error(`expected a sku in order ${id}`)
  if (!Number.isInteger(quantity) || Number(quantity) < 1)
    throw new Error(`expected a quantity in order ${id}`)
  return { id, sku, quantity: Number(quantity) }
}

/** EventBridge delivers at least once: an order that is there already stays as it is. */
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
