import { ChangeMessageVisibilityCommand, DeleteMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import { bodies, useQueues } from './running-queues.ts'

const queues = useQueues()
const fifo = { FifoQueue: 'true', ContentBasedDeduplication: 'true', VisibilityTimeout: '30' }

test('a group waits for its messages in flight, and others do not', async () => {
  const { make, send, receive, client } = queues()
  const url = await make(fifo)
  for (const body of ['a1', 'a2', 'a3']) await send(url, body, { MessageGroupId: 'a' })
  await send(url, 'b1', { MessageGroupId: 'b' })
  const [first] = await receive(url, { MaxNumberOfMessages: 1 })
  expect(first?.Body).toBe('a1')
  expect(bodies(await receive(url))).toEqual(['b1'])
  expect(await receive(url)).toEqual([])
  await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: first?.ReceiptHandle }))
  expect(bodies(await receive(url))).toEqual(['a2', 'a3'])
})

test('a message that is shown again waits for a later one of its group that is in flight', async () => {
  const { make, send, receive, client } = queues()
  const url = await make(fifo)
  for (const body of ['1', '2']) await send(url, body, { MessageGroupId: 'g' })
  const [one, two] = await receive(url)
  const show = { QueueUrl: url, ReceiptHandle: one?.ReceiptHandle, VisibilityTimeout: 0 }
  await client.send(new ChangeMessageVisibilityCommand(show))
  expect(await receive(url)).toEqual([])
  await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: two?.ReceiptHandle }))
  expect(bodies(await receive(url))).toEqual(['1'])
})

test('messages that were not deleted in time come again in their place', async () => {
  const { make, send, receive, clock, client } = queues()
  const url = await make(fifo)
  for (const body of ['1', '2', '3']) await send(url, body, { MessageGroupId: 'g' })
  const [one, two] = await receive(url, { MaxNumberOfMessages: 2 })
  await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: two?.ReceiptHandle }))
  expect(await receive(url)).toEqual([])
  clock.now += 30_000
  await expect(
    client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: one?.ReceiptHandle })),
  ).rejects.toMatchObject({
    message: expect.stringContaining('The receipt handle has expired.') as string,
  })
  expect(bodies(await receive(url))).toEqual(['1', '3'])
})

test('a delayed message holds back those of its group', async () => {
  const { make, send, receive, clock } = queues()
  const url = await make({ ...fifo, DelaySeconds: '5' })
  await send(url, '1', { MessageGroupId: 'g' })
  clock.now += 4000
  await send(url, '2', { MessageGroupId: 'g' })
  clock.now += 1000
  expect(bodies(await receive(url))).toEqual(['1'])
})

test('a duplicate is taken and dropped for five minutes, also after the first was deleted', async () => {
  const { make, send, receive, clock, client } = queues()
  const url = await make(fifo)
  const first = await send(url, 'same', { MessageGroupId: 'g' })
  const [message] = await receive(url)
  await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message?.ReceiptHandle }))
  clock.now += 299_000
  expect(await send(url, 'same', { MessageGroupId: 'other' })).toBe(first)
  expect(await receive(url)).toEqual([])
  clock.now += 1000
  expect(await send(url, 'same', { MessageGroupId: 'g' })).not.toBe(first)
  expect(bodies(await receive(url))).toEqual(['same'])
})

test('duplicates may be those of a group only, and of an id', async () => {
  const { make, send, receive } = queues()
  const url = await make({ ...fifo, DeduplicationScope: 'messageGroup' })
  for (const MessageGroupId of ['a', 'b', 'a']) {
    await send(url, `of ${MessageGroupId}`, { MessageGroupId, MessageDeduplicationId: 'one' })
  }
  expect(bodies(await receive(url))).toEqual(['of a', 'of b'])
})

test('a message tells its group, its id and its number, which grows', async () => {
  const { make, receive, client } = queues()
  const url = await make(fifo)
  const send = (MessageBody: string) =>
    client.send(
      new SendMessageCommand({
        QueueUrl: url,
        MessageBody,
        MessageGroupId: 'g',
        MessageDeduplicationId: MessageBody,
      }),
    )
  const [one, two] = [await send('1'), await send('2')]
  expect(one.SequenceNumber).toMatch(/^\d{20}$/)
  expect(BigInt(two.SequenceNumber ?? 0)).toBeGreaterThan(BigInt(one.SequenceNumber ?? 0))
  const [message] = await receive(url, { MessageSystemAttributeNames: ['All'] })
  expect(message?.Attributes).toMatchObject({
    MessageGroupId: 'g',
    MessageDeduplicationId: '1',
    SequenceNumber: one.SequenceNumber,
  })
})

// Recorded from AWS.
test.each([
  [{}, 'MissingParameter', 'The request must contain the parameter MessageGroupId.'],
  [
    { MessageGroupId: 'g' },
    'InvalidParameterValue',
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  ],
  [
    { MessageGroupId: 'g', MessageDeduplicationId: 'd', DelaySeconds: 2 },
    'InvalidParameterValue',
    'Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.',
  ],
])('a FIFO queue refuses a message with %j', async (more, name, message) => {
  const { make, client } = queues()
  const QueueUrl = await make({ FifoQueue: 'true' })
  const sent = client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', ...more }))
  await expect(sent).rejects.toMatchObject({ name, message })
})
