import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'

interface Order {
  id: string
  /** Cents. */
  amount: number
}

interface Charge {
  status: 'charged' | 'free'
}

/** The error by whose name the state machine rejects an order. */
class InvalidOrder extends Error {
  override readonly name = 'InvalidOrder'
}

const dynamoDb = new DynamoDBClient()

/** Charges an order. @throws InvalidOrder */
export async function handler(input: Partial<Order>): Promise<Charge> {
  const order = requireOrder(input)
  if (order.amount === 0) return { status: 'free' }
  await charge(order)
  return { status: 'charged' }
}

function requireOrder({ id, amount }: Partial<Order>): Order {
  if (typeof id !== 'string' || id === '') throw new InvalidOrder('expected an order with an id')
  if (!Number.isInteger(amount) || Number(amount) < 0)
    throw new InvalidOrder(`expected the cents of order ${id}`)
  return { id, amount: Number(amount) }
}

/** A task may be tried again: an order that was charged with this amount stays as it is. */
async function charge({ id, amount }: Order): Promise<void> {
  const put = new PutItemCommand({
    TableName: process.env.TABLE,
    Item: { id: { S: id }, amount: { N: `${amount}` } },
    ConditionExpression: 'attribute_not_exists(id) OR amount = :amount',
    ExpressionAttributeValues: { ':amount': { N: `${amount}` } },
  })
  try {
    await dynamoDb.send(put)
    console.info({ message: 'order charged', order: id, amount })
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error
    throw new InvalidOrder(`order ${id} was charged with another amount`)
  }
}
