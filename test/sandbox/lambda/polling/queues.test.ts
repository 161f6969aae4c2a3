import {
  CreateAliasCommand,
  CreateEventSourceMappingCommand,
  PutFunctionConcurrencyCommand,
  UpdateAliasCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda'
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import { publishVersions } from '../sandbox.ts'
import { depth, type Polled, startPolled } from './polled.ts'

/** Sends messages together, so that a batch can have all of them. */
async function sendAll({ sqs, url }: Pick<Polled, 'sqs' | 'url'>, ...bodies: string[]): Promise<void> {
  const Entries = bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody }))
  await sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }))
}

const soon = { interval: 5, timeout: 10_000 }

test('the messages of a queue come in batches, as Lambda sends them, and are deleted when handled', async () => {
  const polled = await startPolled()
  await sendAll(polled, 'a', 'b', 'c')
  await polled.map({ BatchSize: 2 })
  await expect.poll(() => polled.batches().flat().length, soon).toBe(3)
  expect(polled.batches().map(({ length }) => length)).toEqual([2, 1])
  const [{ invocation }] = polled.executor.invocations as [Polled['executor']['invocations'][number]]
  const { Records } = JSON.parse(Buffer.from(invocation.payload).toString()) as { Records: object[] }
  expect(Records[0]).toMatchObject({
    body: 'a',
    md5OfBody: '0cc175b9c0f1b6a831c399e269772661',
    attributes: { ApproximateReceiveCount: '1' },
    messageAttributes: {},
    eventSource: 'aws:sqs',
    eventSourceARN: polled.queueArn,
    awsRegion: 'eu-west-1',
  })
  await expect.poll(() => depth(polled), soon).toEqual(['0', '0'])
})

test('messages of a failed batch come again after the visibility time-out, then go to the dead letters', async () => {
  const polled = await startPolled({ VisibilityTimeout: '4' })
  const dead = await polled.make()
  const { QueueArn: deadLetterTargetArn } = await polled.attributes(dead)
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 2 })
  const url = await polled.make({ VisibilityTimeout: '4', RedrivePolicy })
  const EventSourceArn = (await polled.attributes(url))['QueueArn'] ?? ''
  polled.answer(() => new Error('no'))
  await polled.send(url, 'bad')
  await polled.map({ EventSourceArn })
  await expect
    .poll(async () => (await polled.attributes(dead))['ApproximateNumberOfMessages'], soon)
    .toBe('1')
  expect(polled.batches()).toEqual([['bad'], ['bad']])
})

test('with ReportBatchItemFailures only the named messages come again', async () => {
  const polled = await startPolled({ VisibilityTimeout: '50' })
  let round = 0
  polled.answer((records) => {
    round += 1
    const failed = records.filter(({ body }) => body === 'b' && round === 1)
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) }
  })
  await sendAll(polled, 'a', 'b', 'c')
  await polled.map({ FunctionResponseTypes: ['ReportBatchItemFailures'] })
  await expect.poll(() => polled.batches(), soon).toEqual([['a', 'b', 'c'], ['b']])
  await expect.poll(() => depth(polled), soon).toEqual(['0', '0'])
})

test('messages that no filter wants are deleted without an invocation', async () => {
  const polled = await startPolled()
  await sendAll(polled, '{"state":"paid"}', '{"state":"open"}', 'paid')
  const Pattern = JSON.stringify({ body: { state: ['paid'] } })
  await polled.map({ FilterCriteria: { Filters: [{ Pattern }] } })
  await expect.poll(() => depth(polled), soon).toEqual(['0', '0'])
  expect(polled.batches()).toEqual([['{"state":"paid"}']])
})

test('within its window a mapping waits for more messages', async () => {
  const polled = await startPolled()
  await polled.map({ BatchSize: 3, MaximumBatchingWindowInSeconds: 300 })
  for (const body of ['a', 'b', 'c']) await polled.send(polled.url, body)
  await expect.poll(() => polled.batches(), soon).toEqual([['a', 'b', 'c']])
})

test('a disabled mapping leaves the messages in the queue until it is enabled', async () => {
  const polled = await startPolled()
  const UUID = await polled.map()
  const enable = (Enabled: boolean) =>
    polled.client.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }))
  await enable(false)
  await polled.reaches(UUID, 'Disabled')
  await polled.send(polled.url, 'a')
  await enable(true)
  await expect.poll(() => polled.batches(), soon).toEqual([['a']])
  await polled.reaches(UUID, 'Enabled')
  await enable(false)
  await polled.reaches(UUID, 'Disabled')
  await polled.send(polled.url, 'b')
  expect(await depth(polled)).toEqual(['1', '0'])
})

test('a throttled batch is tried again while its messages are hidden', async () => {
  const polled = await startPolled({ VisibilityTimeout: '600' })
  await polled.client.send(
    new PutFunctionConcurrencyCommand({ FunctionName: 'worker', ReservedConcurrentExecutions: 0 }),
  )
  await polled.send(polled.url, 'a')
  await polled.map()
  await expect.poll(() => polled.executor.invocations.length, soon).toBeGreaterThan(1)
  await polled.client.send(
    new PutFunctionConcurrencyCommand({ FunctionName: 'worker', ReservedConcurrentExecutions: 5 }),
  )
  await expect.poll(() => depth(polled), soon).toEqual(['0', '0'])
})

test('no more batches run at a time than the mapping allows', async () => {
  const polled = await startPolled()
  let running = 0
  let most = 0
  const { executor } = polled
  executor.invoke = async () => {
    running += 1
    most = Math.max(most, running)
    await new Promise((resolve) => setTimeout(resolve, 20))
    running -= 1
    return { payload: Buffer.from('null'), logTail: '' }
  }
  await sendAll(polled, 'a', 'b', 'c', 'd', 'e', 'f')
  await polled.map({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } })
  await expect.poll(() => depth(polled), soon).toEqual(['0', '0'])
  expect(most).toBe(2)
})

test('the batches of an alias go to its versions by its weights', async () => {
  let draw = 0
  const polled = await startPolled({}, { random: () => draw })
  await publishVersions(polled.client, 'worker', 2)
  const alias = { FunctionName: 'worker', Name: 'live', FunctionVersion: '1' }
  await polled.client.send(new CreateAliasCommand(alias))
  await polled.client.send(
    new UpdateAliasCommand({ ...alias, RoutingConfig: { AdditionalVersionWeights: { 2: 0.1 } } }),
  )
  await polled.map({ FunctionName: 'worker:live' })
  await polled.send(polled.url, 'a')
  await expect.poll(() => polled.batches(), soon).toEqual([['a']])
  draw = 0.5
  await polled.send(polled.url, 'b')
  await expect.poll(() => polled.batches(), soon).toEqual([['a'], ['b']])
  expect(polled.executor.invocations.map(({ target }) => target.configuration.Version)).toEqual(['2', '1'])
  expect(polled.executor.invocations[0]?.invocation).toMatchObject({ qualifier: 'live' })
})

test('the messages of a group come one batch after another, in their order', async () => {
  const polled = await startPolled({ FifoQueue: 'true', ContentBasedDeduplication: 'true' })
  for (const body of ['a', 'b', 'c']) await polled.send(polled.url, body, { MessageGroupId: 'g' })
  await polled.map({ BatchSize: 1 })
  await expect.poll(() => polled.batches(), soon).toEqual([['a'], ['b'], ['c']])
})

test('once there are queues, a queue that is not there is refused, as is too short a visibility time-out', async () => {
  const { client, queueArn, make, attributes } = await startPolled()
  const map = (EventSourceArn: string) =>
    client.send(new CreateEventSourceMappingCommand({ FunctionName: 'worker', EventSourceArn }))
  await expect(map(`${queueArn}-none`)).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: expect.stringContaining('AWS.SimpleQueueService.NonExistentQueue') as string,
  })
  const short = (await attributes(await make({ VisibilityTimeout: '2' })))['QueueArn'] ?? ''
  await expect(map(short)).rejects.toMatchObject({
    message: 'Queue visibility timeout: 2 seconds is less than Function timeout: 3 seconds',
  })
})
