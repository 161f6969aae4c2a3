import { readFileSync } from 'node:fs'
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { SQSEvent } from 'aws-lambda'
import { beforeEach, expect, test, vi } from 'vitest'
import { handler } from '../functions/worker/index.ts'

const event = JSON.parse(readFileSync(new URL('../events/worker.json', import.meta.url), 'utf8')) as SQSEvent
const send = vi.spyOn(DynamoDBClient.prototype, 'send')

/** The event with one message more. */
function withMessage(messageId: string, body: string): SQSEvent {
  const [record] = event.Records
  return { Records: record ? [record, { ...record, messageId, body }] : [] }
}

beforeEach(() => {
  send.mockReset().mockImplementation(async () => ({}))
})

test('an order is stored, if it is not there yet', async () => {
  expect(await handler(event)).toEqual({ batchItemFailures: [] })
  expect(send.mock.calls[0]?.[0].input).toMatchObject({
    Item: { id: { S: 'order-1' }, sku: { S: 'chair' }, quantity: { N: '2' } },
    ConditionExpression: 'attribute_not_exists(id)',
  })
})

test('an order that comes again is done', async () => {
  send.mockRejectedValue(new ConditionalCheckFailedException({ message: 'no', $metadata: {} }) as never)
  expect(await handler(event)).toEqual({ batchItemFailures: [] })
})

test.each(['no JSON', '{}', '{"id": "a", "sku": "b", "quantity": 0}'])(
  'of a batch, only the bad message comes back: %s',
  async (body) => {
    expect(await handler(withMessage('bad', body))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'bad' }],
    })
    expect(send).toHaveBeenCalledOnce()
  },
)

test('a batch that fails as a whole is an error', async () => {
  send.mockRejectedValue(new Error('no table') as never)
  await expect(handler(event)).rejects.toThrow('all messages of the batch failed')
})
