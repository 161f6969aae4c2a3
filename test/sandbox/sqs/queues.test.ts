import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  PurgeQueueCommand,
  type QueueAttributeName,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import { useQueues } from './running-queues.ts'

const queues = useQueues()

test('a queue has the defaults of SQS, and the values that it was given', async () => {
  const { make, attributes } = queues()
  expect(await attributes(await make({ VisibilityTimeout: '69' }))).toMatchObject({
    VisibilityTimeout: '69',
    DelaySeconds: '0',
    MaximumMessageSize: '1048576',
    MessageRetentionPeriod: '345600',
    ReceiveMessageWaitTimeSeconds: '0',
    SqsManagedSseEnabled: 'true',
  })
  const fifo = await attributes(await make({ FifoQueue: 'true' }))
  expect(fifo).toMatchObject({ ContentBasedDeduplication: 'false', DeduplicationScope: 'queue' })
  const sealed = await attributes(await make({ KmsMasterKeyId: 'key' }))
  expect(sealed).toMatchObject({ SqsManagedSseEnabled: 'false', KmsDataKeyReusePeriodSeconds: '300' })
})

test('a queue that is made again stays, and is refused with other attributes', async () => {
  const { client } = queues()
  const make = (DelaySeconds: string) =>
    client.send(new CreateQueueCommand({ QueueName: 'again', Attributes: { DelaySeconds } }))
  expect((await make('1')).QueueUrl).toBe((await make('1')).QueueUrl)
  await expect(make('2')).rejects.toMatchObject({
    name: 'QueueNameExists',
    message: 'A queue already exists with the same name and a different value for attribute DelaySeconds',
  })
})

test.each<[string, Record<string, string>, string, string]>([
  ['a b', {}, 'InvalidParameterValue', 'alphanumeric characters, hyphens, or underscores'],
  ['no-end', { FifoQueue: 'true' }, 'InvalidParameterValue', 'must end with .fifo suffix'],
  ['standard.fifo', {}, 'InvalidParameterValue', 'alphanumeric characters'],
  ['q', { VisibilityTimeout: '43201' }, 'InvalidAttributeValue', 'VisibilityTimeout'],
  ['q', { DelaySeconds: 'one' }, 'InvalidAttributeValue', 'DelaySeconds'],
  ['q', { Colour: 'red' }, 'InvalidAttributeName', 'Unknown Attribute Colour.'],
  ['q', { ContentBasedDeduplication: 'true' }, 'InvalidAttributeName', 'ContentBasedDeduplication'],
  [
    'q',
    { RedrivePolicy: '{"deadLetterTargetArn": "dummy", "maxReceiveCount": 42}' },
    'InvalidParameterValue',
    'Value {"deadLetterTargetArn": "dummy", "maxReceiveCount": 42} for parameter RedrivePolicy is invalid. Reason: Invalid value for deadLetterTargetArn.',
  ],
  [
    'q',
    { KmsMasterKeyId: 'key', SqsManagedSseEnabled: 'true' },
    'InvalidAttributeName',
    'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
  ],
])('a queue %s with %j is refused', async (QueueName, Attributes, name, text) => {
  const message = expect.stringContaining(text) as string
  const made = queues().client.send(new CreateQueueCommand({ QueueName, Attributes }))
  await expect(made).rejects.toMatchObject({ name, message })
})

test('attributes can be changed and removed; a queue stays of its kind', async () => {
  const { make, attributes, client } = queues()
  const QueueUrl = await make({ Policy: '{}' })
  const set = (Attributes: Record<string, string>, url = QueueUrl) =>
    client.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes }))
  await set({ Policy: '', DelaySeconds: '3' })
  const after = await attributes(QueueUrl)
  expect(after).toMatchObject({ DelaySeconds: '3' })
  expect(after).not.toHaveProperty('Policy')
  await expect(set({ FifoQueue: 'true' })).rejects.toMatchObject({ message: 'Unknown Attribute FifoQueue.' })
  await expect(set({ FifoQueue: 'false' }, await make({ FifoQueue: 'true' }))).rejects.toMatchObject({
    message: 'Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.',
  })
  const ask = (...AttributeNames: string[]) =>
    client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: AttributeNames as QueueAttributeName[] }),
    )
  expect((await ask('DelaySeconds')).Attributes).toEqual({ DelaySeconds: '3' })
  expect((await ask()).Attributes).toBeUndefined()
  await expect(ask('FifoQueue')).rejects.toMatchObject({ name: 'InvalidAttributeName' })
})

test('dead letters go to a queue of the same kind that lets them in', async () => {
  const { make, attributes, client } = queues()
  const arnOf = async (url: string) => (await attributes(url))['QueueArn'] ?? ''
  const dead = await make({ RedriveAllowPolicy: '{"redrivePermission":"denyAll"}' })
  const policy = async (url: string) =>
    JSON.stringify({ deadLetterTargetArn: await arnOf(url), maxReceiveCount: 3 })
  await expect(make({ RedrivePolicy: await policy(dead) })).rejects.toThrow('does not allow')
  const fifo = await make({ FifoQueue: 'true' })
  await expect(make({ RedrivePolicy: await policy(fifo) })).rejects.toThrow('must be same type')
  const open = await make()
  const source = await make({ RedrivePolicy: await policy(open) })
  const listed = await client.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: open }))
  expect(listed.queueUrls).toEqual([source])
  await client.send(new DeleteQueueCommand({ QueueUrl: open }))
  const QueueUrl = await make()
  const gone = new SetQueueAttributesCommand({
    QueueUrl,
    Attributes: {
      RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:123456789012:x","maxReceiveCount":1}',
    },
  })
  await expect(client.send(gone)).rejects.toThrow('Dead letter target does not exist.')
})

test('queues are listed by prefix and in pages, and found by name', async () => {
  const { client } = queues()
  for (const QueueName of ['list-a', 'list-b', 'list-c'])
    await client.send(new CreateQueueCommand({ QueueName }))
  const list = (more: object) => client.send(new ListQueuesCommand({ QueueNamePrefix: 'list-', ...more }))
  const names = (urls: string[] = []) => urls.map((url) => url.split('/').at(-1))
  const first = await list({ MaxResults: 2 })
  expect(names(first.QueueUrls)).toEqual(['list-a', 'list-b'])
  expect(names((await list({ MaxResults: 2, NextToken: first.NextToken })).QueueUrls)).toEqual(['list-c'])
  expect(await client.send(new GetQueueUrlCommand({ QueueName: 'list-a' }))).toMatchObject({
    QueueUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/123456789012\/list-a$/) as string,
  })
  for (const missing of [
    { QueueName: 'none' },
    { QueueName: 'list-a', QueueOwnerAWSAccountId: '999999999999' },
  ]) {
    await expect(client.send(new GetQueueUrlCommand(missing))).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
      message: 'The specified queue does not exist.',
    })
  }
})

test('a queue is purged once a minute, and gone with its messages when it is deleted', async () => {
  const { make, send, attributes, client, clock } = queues()
  const QueueUrl = await make()
  await send(QueueUrl, 'a')
  const purge = () => client.send(new PurgeQueueCommand({ QueueUrl }))
  await purge()
  expect(await attributes(QueueUrl)).toMatchObject({ ApproximateNumberOfMessages: '0' })
  await expect(purge()).rejects.toMatchObject({
    name: 'PurgeQueueInProgress',
    $metadata: { httpStatusCode: 403 },
  })
  clock.now += 60_000
  await purge()
  const waiting = client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }))
  await client.send(new DeleteQueueCommand({ QueueUrl }))
  await expect(attributes(QueueUrl)).rejects.toMatchObject({ name: 'QueueDoesNotExist' })
  clock.now += 1000
  expect((await waiting).Messages).toBeUndefined()
})

test('tags are added, listed and removed', async () => {
  const { make, client } = queues()
  const QueueUrl = await make()
  await client.send(new TagQueueCommand({ QueueUrl, Tags: { a: '1', b: '2' } }))
  await client.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['a'] }))
  expect((await client.send(new ListQueueTagsCommand({ QueueUrl }))).Tags).toEqual({ b: '2' })
})

test('parameters that the sandbox does not have are refused', async () => {
  const { make, client } = queues()
  const QueueUrl = await make({ FifoQueue: 'true' })
  const asked = new ReceiveMessageCommand({ QueueUrl, ReceiveRequestAttemptId: 'x' })
  await expect(client.send(asked)).rejects.toMatchObject({ $metadata: { httpStatusCode: 501 } })
})
