import { readFileSync } from 'node:fs'
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { beforeEach, expect, test, vi } from 'vitest'
import { handler } from '../functions/charge/index.ts'

const event = JSON.parse(readFileSync(new URL('../events/charge.json', import.meta.url), 'utf8'))
const send = vi.spyOn(DynamoDBClient.prototype, 'send')

beforeEach(() => {
  send.mockReset().mockImplementation(async () => ({}))
})

test('an order is charged, or again with the same amount', async () => {
  expect(await handler(event)).toEqual({ status: 'charged' })
  expect(send.mock.calls[0]?.[0].input).toMatchObject({
    Item: { id: { S: 'order-1' }, amount: { N: '4900' } },
    ConditionExpression: 'attribute_not_exists(id) OR amount = :amount',
  })
})

test('an order of nothing is free', async () => {
  expect(await handler({ id: 'gift', amount: 0 })).toEqual({ status: 'free' })
  expect(send).not.toHaveBeenCalled()
})

test('an order that was charged with another amount is invalid', async () => {
  send.mockImplementation(async () => {
    throw new ConditionalCheckFailedException({ message: 'no', $metadata: {} })
  })
  await expect(handler(event)).rejects.toMatchObject({ name: 'InvalidOrder' })
})

test.each([{}, { id: 'a' }, { id: 'a', amount: -1 }, { id: 'a', amount: 1.5 }])(
  '%j is invalid',
  async (input) => {
    await expect(handler(input)).rejects.toMatchObject({ name: 'InvalidOrder' })
  },
)
