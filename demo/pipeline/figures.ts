import { setTimeout as sleep } from 'node:timers/promises'
import { paginateScan } from '@aws-sdk/client-dynamodb'
import { paginateListObjectsV2 } from '@aws-sdk/client-s3'
import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs'
import { keys } from './orders.ts'
import { type Clients, orders, type Queues } from './sources.ts'

/** Where the objects of the pipeline are at last. */
export interface Figures {
  /** The keys of the files whose records are in the table. */
  stored: ReadonlySet<string>
  /** The keys of the files whose events are in the queue of those that failed. */
  dead: ReadonlySet<string>
  /** The messages that the topic sent. */
  told: number
  /** The keys of the files that are in neither. */
  lost: readonly string[]
}

/** How long the last events may take, milliseconds. */
const patienceMs = 60_000

/** Waits until each object is in the table or among the failed, or until that takes too long. */
export async function settledFigures(clients: Clients, queues: Queues): Promise<Figures> {
  const dead = new Set<string>()
  const until = performance.now() + patienceMs
  for (;;) {
    for (const key of await failedKeys(clients, queues.failed)) dead.add(key)
    const stored = await storedKeys(clients)
    const lost = keys.filter((key) => !stored.has(key) && !dead.has(key))
    if (lost.length === 0 || performance.now() > until)
      return { stored, dead, lost, told: await messagesIn(clients, queues.told) }
    await sleep(500)
  }
}

async function storedKeys({ tables: client }: Clients): Promise<Set<string>> {
  const pages = await Array.fromAsync(paginateScan({ client }, { TableName: orders }))
  return new Set(pages.flatMap(({ Items = [] }) => Items.map(({ file }) => file?.S ?? '')))
}

/** Takes the events that failed for good out of their queue. */
async function failedKeys({ sqs }: Clients, QueueUrl: string): Promise<string[]> {
  const found: string[] = []
  for (;;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
    if (Messages.length === 0) return found
    found.push(...Messages.map(({ Body = '' }) => keyOf(Body)))
    const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }))
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }))
  }
}

function keyOf(record: string): string {
  const { requestPayload } = JSON.parse(record) as {
    requestPayload: { Records: [{ s3: { object: { key: string } } }] }
  }
  return requestPayload.Records[0].s3.object.key
}

/** The number of messages in a queue that are not received. */
export async function messagesIn({ sqs }: Clients, QueueUrl: string): Promise<number> {
  const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] })
  const { Attributes } = await sqs.send(asked)
  return Number(Attributes?.['ApproximateNumberOfMessages'])
}

/** The number of objects in each storage class. */
export async function storageClasses({ s3: client }: Clients): Promise<Record<string, number>> {
  const pages = await Array.fromAsync(paginateListObjectsV2({ client }, { Bucket: orders, Prefix: 'in/' }))
  const objects = pages.flatMap(({ Contents = [] }) => Contents)
  const grouped = Map.groupBy(objects, ({ StorageClass = 'STANDARD' }) => StorageClass)
  return Object.fromEntries([...grouped].map(([name, each]) => [name, each.length]))
}

/** Waits until all objects are in the last class. @returns false if that takes too long */
export async function untilArchived(clients: Clients): Promise<boolean> {
  const until = performance.now() + patienceMs
  for (;;) {
    const { GLACIER = 0 } = await storageClasses(clients)
    if (GLACIER === keys.length) return true
    if (performance.now() > until) return false
    await sleep(500)
  }
}
