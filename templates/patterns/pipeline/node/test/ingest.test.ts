import { readFileSync } from 'node:fs'
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { S3Client } from '@aws-sdk/client-s3'
import { SNSClient } from '@aws-sdk/client-sns'
import type { S3Event } from 'aws-lambda'
import { beforeEach, expect, test, vi } from 'vitest'
import { handler } from '../functions/ingest/index.ts'

const event = JSON.parse(readFileSync(new URL('../events/ingest.json', import.meta.url), 'utf8')) as S3Event
const read = vi.spyOn(S3Client.prototype, 'send')
const stored = vi.spyOn(DynamoDBClient.prototype, 'send')
const told = vi.spyOn(SNSClient.prototype, 'send')

function fileHas(text: string): void {
  read.mockReset().mockImplementation(async () => ({ Body: { transformToString: async () => text } }))
}

beforeEach(() => {
  fileHas('{"id": "order-1", "sku": "chair", "quantity": 2, "price": 4900}')
  stored.mockReset().mockImplementation(async () => ({}))
  told.mockReset().mockImplementation(async () => ({}))
})

test('an order gets its total, a record and a message', async () => {
  await handler(event)
  expect(read.mock.calls[0]?.[0].input).toMatchObject({ Key: 'in/order 1.json' })
  expect(stored.mock.calls[0]?.[0].input).toMatchObject({
    Item: { id: { S: 'order-1' }, total: { N: '9800' }, file: { S: 'in/order 1.json' } },
    ConditionExpression: 'attribute_not_exists(id)',
  })
  const input = told.mock.calls[0]?.[0].input as { Message?: string }
  expect(JSON.parse(input.Message ?? '')).toMatchObject({ id: 'order-1', total: 9800 })
})

test('an order that is stored already is told again', async () => {
  stored.mockImplementation(async () => {
    throw new ConditionalCheckFailedException({ message: 'no', $metadata: {} })
  })
  await handler(event)
  expect(told).toHaveBeenCalledOnce()
})

test.each(['no JSON', '{}', '{"id": "a", "sku": "b", "quantity": 1, "price": "9"}'])(
  'a file that is no order is an error: %s',
  async (text) => {
    fileHas(text)
    await expect(handler(event)).rejects.toThrow()
    expect(stored).not.toHaveBeenCalled()
    expect(told).not.toHaveBeenCalled()
  },
)
