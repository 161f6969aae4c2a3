import { readFileSync } from 'node:fs'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { DynamoDBStreamEvent } from 'aws-lambda'
import { beforeEach, expect, test, vi } from 'vitest'
import { handler } from '../functions/changes/index.ts'

const event = JSON.parse(
  readFileSync(new URL('../events/changes.json', import.meta.url), 'utf8'),
) as DynamoDBStreamEvent
const send = vi.spyOn(DynamoDBClient.prototype, 'send')

/** A batch of the same change under several sequence numbers. */
function batch(...sequences: string[]): DynamoDBStreamEvent {
  const [record] = event.Records
  const changed = (SequenceNumber: string) => ({
    ...record,
    dynamodb: { ...record?.dynamodb, SequenceNumber },
  })
  return { Records: sequences.map(changed) }
}

beforeEach(() => {
  send.mockReset().mockImplementation(async () => ({}))
})

test('a change of the status is kept under its sequence number', async () => {
  expect(await handler(batch('7'))).toEqual({ batchItemFailures: [] })
  expect(send.mock.calls[0]?.[0].input).toMatchObject({
    Item: { id: { S: 'order-1#7' }, before: { S: 'placed' }, after: { S: 'paid' } },
  })
})

test('another change is left out', async () => {
  const [record] = structuredClone(event.Records)
  if (record?.dynamodb) record.dynamodb.OldImage = record.dynamodb.NewImage ?? {}
  await handler({ Records: record ? [record] : [] })
  expect(send).not.toHaveBeenCalled()
})

test('the batch comes back from the change that failed on', async () => {
  send
    .mockImplementationOnce(async () => ({}))
    .mockImplementationOnce(async () => {
      throw new Error('no table')
    })
  expect(await handler(batch('7', '8', '9'))).toEqual({ batchItemFailures: [{ itemIdentifier: '8' }] })
  expect(send).toHaveBeenCalledTimes(2)
})

test('a batch whose first change fails is an error', async () => {
  send.mockImplementation(async () => {
    throw new Error('no table')
  })
  await expect(handler(batch('7', '8'))).rejects.toThrow('no table')
})
