import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import { bodies, useQueues } from './running-queues.ts'

const queues = useQueues()

test('a message is hidden from its receipt until its time-out, and counts each receipt', async () => {
  const { make, send, receive, attributes, clock } = queues()
  const url = await make({ VisibilityTimeout: '60' })
  await send(url, 'one')
  const [first] = await receive(url, { MessageSystemAttributeNames: ['All'] })
  expect(first).toMatchObject({
    Body: 'one',
    Attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(clock.now), SenderId: 'AIDASANDBOX' },
  })
  expect(await receive(url)).toEqual([])
  expect(await attributes(url)).toMatchObject({
    ApproximateNumberOfMessages: '0',
    ApproximateNumberOfMessagesNotVisible: '1',
  })
  clock.now += 60_000
  const [second] = await receive(url, { MessageSystemAttributeNames: ['ApproximateReceiveCount'] })
  expect(second?.Attributes).toEqual({ ApproximateReceiveCount: '2' })
  await queues().client.send(
    new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: second?.ReceiptHandle }),
  )
  clock.now += 60_000
  expect(await receive(url)).toEqual([])
})

test('the visibility of a message can be ended and extended', async () => {
  const { make, send, receive, clock, client } = queues()
  const url = await make()
  await send(url, 'one')
  const [message] = await receive(url)
  const change = (VisibilityTimeout: number, ReceiptHandle = message?.ReceiptHandle) =>
    client.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout }))
  await change(100)
  clock.now += 99_000
  expect(await receive(url)).toEqual([])
  await change(0)
  expect(bodies(await receive(url))).toEqual(['one'])
  await expect(change(10)).rejects.toMatchObject({
    message: expect.stringContaining('not available for visibility timeout change') as string,
  })
  await expect(change(10, 'x')).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' })
})

test('delays of the queue and of a message hide it at first', async () => {
  const { make, send, receive, attributes, clock } = queues()
  const url = await make({ DelaySeconds: '10' })
  await send(url, 'late')
  await send(url, 'at once', { DelaySeconds: 0 })
  await send(url, 'later', { DelaySeconds: 20 })
  expect(bodies(await receive(url))).toEqual(['at once'])
  expect(await attributes(url)).toMatchObject({ ApproximateNumberOfMessagesDelayed: '2' })
  clock.now += 10_000
  expect(bodies(await receive(url))).toEqual(['late'])
  clock.now += 10_000
  expect(bodies(await receive(url))).toEqual(['later'])
})

test('a message that was received too often goes to the dead-letter queue, with the ARN of its queue', async () => {
  const { make, send, receive, attributes, clock } = queues()
  const dead = await make()
  const { QueueArn: deadLetterTargetArn } = await attributes(dead)
  const url = await make({
    VisibilityTimeout: '1',
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 2 }),
  })
  const id = await send(url, 'bad')
  for (const expected of [1, 1, 0]) {
    expect(await receive(url)).toHaveLength(expected)
    clock.now += 1000
  }
  const [letter] = await receive(dead, { MessageSystemAttributeNames: ['DeadLetterQueueSourceArn'] })
  const { QueueArn } = await attributes(url)
  expect(letter).toMatchObject({ MessageId: id, Attributes: { DeadLetterQueueSourceArn: QueueArn } })
  expect(await attributes(url)).toMatchObject({ ApproximateNumberOfMessages: '0' })
})

test('a message is dropped at the end of its retention', async () => {
  const { make, send, receive, clock } = queues()
  const url = await make({ MessageRetentionPeriod: '60' })
  await send(url, 'old')
  clock.now += 60_000
  expect(await receive(url)).toEqual([])
})

test('a batch tells of each entry, and is refused whole if it is none', async () => {
  const { make, receive, client } = queues()
  const QueueUrl = await make()
  const send = (...Entries: { Id: string; MessageBody: string; DelaySeconds?: number }[]) =>
    client.send(new SendMessageBatchCommand({ QueueUrl, Entries }))
  const sent = await send({ Id: 'a', MessageBody: 'one' }, { Id: 'b', MessageBody: 'two', DelaySeconds: 901 })
  expect(sent).toMatchObject({
    Successful: [{ Id: 'a', MD5OfMessageBody: 'f97c5d29941bfb1b2fdab0874906ab82' }],
    Failed: [{ Id: 'b', Code: 'InvalidParameterValue', SenderFault: true }],
  })
  await expect(send()).rejects.toMatchObject({ name: 'EmptyBatchRequest' })
  await expect(send({ Id: 'a', MessageBody: '1' }, { Id: 'a', MessageBody: '2' })).rejects.toMatchObject({
    name: 'BatchEntryIdsNotDistinct',
    message: 'Id a repeated.',
  })
  await expect(send({ Id: 'no:id', MessageBody: '1' })).rejects.toMatchObject({ name: 'InvalidBatchEntryId' })
  const eleven = Array.from({ length: 11 }, (_, index) => ({ Id: String(index), MessageBody: 'x' }))
  await expect(send(...eleven)).rejects.toMatchObject({
    message: 'Maximum number of entries per request are 10. You have sent 11.',
  })
  const [message] = await receive(QueueUrl)
  const deleted = await client.send(
    new DeleteMessageBatchCommand({
      QueueUrl,
      Entries: [
        { Id: 'a', ReceiptHandle: message?.ReceiptHandle },
        { Id: 'b', ReceiptHandle: 'x' },
      ],
    }),
  )
  expect(deleted).toMatchObject({
    Successful: [{ Id: 'a' }],
    Failed: [{ Id: 'b', Code: 'ReceiptHandleIsInvalid' }],
  })
})

test('attributes come back with the digest that AWS gives them, and by names and prefixes', async () => {
  const { make, receive, client } = queues()
  const QueueUrl = await make({ VisibilityTimeout: '0' })
  const text = (StringValue: string) => ({ DataType: 'String', StringValue })
  const MessageAttributes = {
    'Help.Me': text('Me'),
    Hello: text('There'),
    General: text('Kenobi'),
  }
  const sent = await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'msg', MessageAttributes }))
  // Recorded from AWS.
  expect(sent.MD5OfMessageAttributes).toBe('4c360f3fdafd970e05fae2f149d997f5')
  const names = async (...MessageAttributeNames: string[]) =>
    (await receive(QueueUrl, { MessageAttributeNames })).map(
      ({ MD5OfMessageAttributes, MessageAttributes: all }) => [
        MD5OfMessageAttributes,
        ...Object.keys(all ?? {}).toSorted(),
      ],
    )
  expect(await names('All')).toEqual([['4c360f3fdafd970e05fae2f149d997f5', 'General', 'Hello', 'Help.Me']])
  expect(await names('Hello', 'General')).toEqual([['fca026605781cb4126a1e9044df24232', 'General', 'Hello']])
  expect(await names('Hel.*')).toEqual([['83fee93c1bcd8b9a5a923ffacdc636c7', 'Hello', 'Help.Me']])
  expect(await names()).toEqual([[undefined]])
  const binary = { attr: { DataType: 'Binary', BinaryValue: Buffer.from([1, 2]) } }
  await client.send(
    new SendMessageCommand({ QueueUrl: await make(), MessageBody: 'b', MessageAttributes: binary }),
  )
})

test.each([
  [{ MessageBody: '' }, 'MissingParameter', 'The request must contain the parameter MessageBody.'],
  [{ MessageBody: '\u0001' }, 'InvalidMessageContents', 'Invalid characters found.'],
  [{ MessageBody: 'x'.repeat(1025) }, 'InvalidParameterValue', 'Message must be shorter than 1024 bytes.'],
  [{ MessageBody: 'x', DelaySeconds: 901 }, 'InvalidParameterValue', 'DelaySeconds must be >= 0 and <= 900.'],
  [
    { MessageBody: 'x', MessageAttributes: { a: { DataType: 'String', StringValue: '' } } },
    'InvalidParameterValue',
    "Message (user) attribute 'a' must contain a non-empty value of type 'String'.",
  ],
  [
    { MessageBody: 'x', MessageDeduplicationId: 'd' },
    'InvalidParameterValue',
    'not valid for this queue type',
  ],
])('a message %j is refused as %s', async (message, name, text) => {
  const { make, client } = queues()
  const QueueUrl = await make({ MaximumMessageSize: '1024' })
  await expect(client.send(new SendMessageCommand({ QueueUrl, ...message }))).rejects.toMatchObject({
    name,
    message: expect.stringContaining(text) as string,
  })
})

test('a long poll ends with the first message, one that becomes visible too', async () => {
  const { make, send, receive } = queues()
  const url = await make()
  const waiting = receive(url, { WaitTimeSeconds: 20 })
  await send(url, 'came')
  expect(bodies(await waiting)).toEqual(['came'])
})
