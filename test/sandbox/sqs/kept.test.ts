import { DeleteMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { expect, onTestFinished, test } from 'vitest'
import { createClock } from '../../../src/sandbox/clock.ts'
import { sqsService } from '../../../src/sandbox/sqs/service.ts'
import type { Datum } from '../../../src/sandbox/telemetry.ts'
import { clientSettings, serve } from '../serve.ts'
import { followRows } from '../state/rows.ts'
import { bodies, shortcuts } from './running-queues.ts'

const clock = { now: 1_790_000_000_000 }

/** A sandbox's SQS, with the rows that an earlier one has left. */
async function run(before?: ReturnType<typeof followRows>) {
  const service = sqsService({ clock: () => clock.now })
  before?.restore(service.persistent)
  const rows = followRows(service.persistent)
  const served = await serve([service.service], '123456789012')
  const client = new SQSClient(clientSettings(served.endpoint))
  onTestFinished(async () => {
    client.destroy()
    service.close()
    await served.close()
  })
  return { client, rows, service, ...shortcuts(client) }
}

test('queues, messages, receipts, delays and duplicates outlive the sandbox', async () => {
  const first = await run()
  const url = await first.make({ VisibilityTimeout: '30' })
  const fifo = await first.make({ FifoQueue: 'true', ContentBasedDeduplication: 'true' })
  for (const body of ['a', 'b', 'c']) await first.send(url, body)
  await first.send(url, 'late', { DelaySeconds: 60 })
  const [held] = await first.receive(url, { MaxNumberOfMessages: 1 })
  const [gone] = await first.receive(url, { MaxNumberOfMessages: 1 })
  const remove = (client: SQSClient, ReceiptHandle: string | undefined) =>
    client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }))
  await remove(first.client, gone?.ReceiptHandle)
  const id = await first.send(fifo, 'once', { MessageGroupId: 'g' })

  const second = await run(first.rows)
  expect(bodies(await second.receive(url))).toEqual(['c'])
  expect(await second.attributes(url)).toMatchObject({
    ApproximateNumberOfMessagesNotVisible: '2',
    ApproximateNumberOfMessagesDelayed: '1',
  })
  await remove(second.client, held?.ReceiptHandle)
  expect(await second.send(fifo, 'once', { MessageGroupId: 'g' })).toBe(id)
  expect(bodies(await second.receive(fifo))).toEqual(['once'])
  clock.now += 60_000
  const later = await second.receive(url, { MessageSystemAttributeNames: ['ApproximateReceiveCount'] })
  expect(later.map(({ Body, Attributes }) => `${Body} ${Attributes?.['ApproximateReceiveCount']}`)).toEqual([
    'c 2',
    'late 1',
  ])
})

test('a long poll ends with the sandbox, and a poller of a closed one does not keep it busy', async () => {
  const { make, receive, service } = await run()
  const url = await make()
  const waiting = receive(url, { WaitTimeSeconds: 20 })
  const { reader } = service
  const polled = reader.untilMessage('arn:aws:sqs:eu-west-1:123456789012:none', 20_000)
  await new Promise((resolve) => setImmediate(resolve))
  service.close()
  expect(await waiting).toEqual([])
  await polled
  let turns = 0
  const end = setImmediate(() => (turns = Infinity))
  for (; turns < 3; turns += 1) await reader.untilMessage('arn:aws:sqs:eu-west-1:123456789012:none', 1)
  clearImmediate(end)
  expect(turns).toBe(Infinity)
})

test('changes that could not be written are undone', async () => {
  const { make, send, receive, attributes, service } = await run()
  const url = await make()
  await send(url, 'kept')
  const rows = service.persistent.map((part) => new Map(part.changes()))
  const undo = () => {
    service.persistent.forEach((part, index) => {
      const changed = [...part.changes()].map(([key]) => key)
      part.apply(
        changed.map((key) => {
          const json = rows[index]?.get(key)
          return [key, json === undefined ? undefined : (JSON.parse(json) as unknown)]
        }),
      )
    })
  }
  await send(url, 'not kept')
  undo()
  expect(bodies(await receive(url))).toEqual(['kept'])
  undo()
  expect(bodies(await receive(url))).toEqual(['kept'])
  const other = await make()
  undo()
  await expect(attributes(other)).rejects.toMatchObject({ name: 'QueueDoesNotExist' })
})

test('each minute the metrics tell the depth of a queue and the age of its oldest message', async () => {
  const data: Datum[] = []
  const fast = createClock(1000)
  const service = sqsService({
    clock: fast.now,
    pace: fast,
    metrics: { record: (_, more) => void data.push(...more) },
  })
  const served = await serve([service.service], '123456789012')
  const client = new SQSClient(clientSettings(served.endpoint))
  onTestFinished(async () => {
    client.destroy()
    service.close()
    await served.close()
  })
  const { make, send } = shortcuts(client)
  const url = await make()
  await send(url, 'a')
  const value = (wanted: string) => data.findLast(({ name }) => name === wanted)?.value
  await expect.poll(() => value('ApproximateAgeOfOldestMessage'), { interval: 5 }).toBeGreaterThan(59)
  expect(value('ApproximateNumberOfMessagesVisible')).toBe(1)
  expect(data[0]).toMatchObject({ namespace: 'AWS/SQS', dimensions: { QueueName: url.split('/').at(-1) } })
  const sent = data.filter(({ name }) => name === 'NumberOfMessagesSent')
  expect(sent.reduce((sum, each) => sum + each.value, 0)).toBe(1)
})
