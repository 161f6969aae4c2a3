import { readFileSync } from 'node:fs'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { KinesisStreamEvent } from 'aws-lambda'
import { beforeEach, expect, test, vi } from 'vitest'
import { handler } from '../functions/clicks/index.ts'

const event = JSON.parse(
  readFileSync(new URL('../events/clicks.json', import.meta.url), 'utf8'),
) as KinesisStreamEvent
const send = vi.spyOn(DynamoDBClient.prototype, 'send')

/** A batch of records with these contents, and their places as sequence numbers. */
function batch(...contents: string[]): KinesisStreamEvent {
  const [record] = event.Records
  const records = contents.flatMap((content, index) => {
    const data = Buffer.from(content).toString('base64')
    return record ? [{ ...record, kinesis: { ...record.kinesis, data, sequenceNumber: `${index}` } }] : []
  })
  return { Records: records }
}

beforeEach(() => {
  send.mockReset().mockImplementation(async () => ({}))
})

test('a click is stored under the id of its record', async () => {
  expect(await handler(event)).toEqual({ batchItemFailures: [] })
  expect(send.mock.calls[0]?.[0].input).toMatchObject({
    Item: { id: { S: event.Records[0]?.eventID }, page: { S: '/chairs' }, visitor: { S: 'ada' } },
  })
})

test.each(['no JSON', '{}', '{"page": "/chairs"}'])(
  'the batch comes back from a bad record on: %s',
  async (content) => {
    const good = '{"page": "/chairs", "visitor": "ada"}'
    expect(await handler(batch(good, content, good))).toEqual({
      batchItemFailures: [{ itemIdentifier: '1' }],
    })
    expect(send).toHaveBeenCalledOnce()
  },
)

test('a batch whose first record fails is an error', async () => {
  await expect(handler(batch('{}'))).rejects.toThrow('expected a click on a page')
})
