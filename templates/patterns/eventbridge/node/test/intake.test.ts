import { readFileSync } from 'node:fs'
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { beforeEach, expect, test, vi } from 'vitest'
import { handler } from '../functions/intake/index.ts'

const event = JSON.parse(readFileSync(new URL('../events/intake.json', import.meta.url), 'utf8'))
const send = vi.spyOn(DynamoDBClient.prototype, 'send')

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

test('an event of another kind is left out', async () => {
  await handler({ ...event, 'detail-type': 'Order paid' })
  expect(send).not.toHaveBeenCalled()
})

test('an order without a quantity is an error', async () => {
  await expect(handler({ ...event, detail: { id: 'a', sku: 'b' } })).rejects.toThrow('expected a quantity')
  expect(send).not.toHaveBeenCalled()
})
