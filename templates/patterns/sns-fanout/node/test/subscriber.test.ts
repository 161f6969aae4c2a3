import { readFileSync } from 'node:fs'
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { SNSEvent } from 'aws-lambda'
import { beforeEach, expect, test, vi } from 'vitest'
import { handler } from '../functions/subscriber/index.ts'

const event = JSON.parse(
  readFileSync(new URL('../events/subscriber.json', import.meta.url), 'utf8'),
) as SNSEvent
const send = vi.spyOn(DynamoDBClient.prototype, 'send')

function withMessage(Message: string): SNSEvent {
  const [record] = event.Records
  return { Records: record ? [{ ...record, Sns: { ...record.Sns, Message } }] : [] }
}

beforeEach(() => {
  send.mockReset().mockImplementation(async () => ({}))
})

test('an order is kept, if it is not there yet', async () => {
  await handler(event)
  expect(send.mock.calls[0]?.[0].input).toMatchObject({
    Item: { id: { S: 'order-1' }, sku: { S: 'chair' }, quantity: { N: '2' } },
    ConditionExpression: 'attribute_not_exists(id)',
  })
})

test('an order that comes again is done', async () => {
  send.mockImplementation(async () => {
    throw new ConditionalCheckFailedException({ message: 'no', $metadata: {} })
  })
  await handler(event)
})

test.each(['no JSON', '{}', '{"id": "a", "sku": "b", "quantity": 0}'])(
  'a message that is no order is an error: %s',
  async (message) => {
    await expect(handler(withMessage(message))).rejects.toThrow()
    expect(send).not.toHaveBeenCalled()
  },
)
