import { attributesMd5, md5 } from './queues/digests.ts'
import { missingParameter, noQueue } from './queues/errors.ts'
import { type Entry, type MessageAttribute, systemAttributes } from './queues/message.ts'
import type { Queue } from './queues/queue.ts'
import { isFifo, numberOf } from './queues/queue-record.ts'
import { handleOf, heldBy } from './queues/receipts.ts'
import { take } from './queues/receive.ts'
import { contentId, put } from './queues/send.ts'
import type { QueueStore } from './queues/store.ts'
import type { QueueWaits } from './queues/waits.ts'

/** A received message in the form that Lambda's events have. */
export interface ReceivedMessage {
  messageId: string
  receiptHandle: string
  body: string
  /** Those that SQS gives, as texts. */
  attributes: Record<string, string>
  messageAttributes: Record<string, object>
  md5OfBody: string
  md5OfMessageAttributes?: string
}

/** A message that a service of the sandbox sends. */
interface OwnMessage {
  body: string
  attributes?: Readonly<Record<string, MessageAttribute>>
  /** FIFO queues need a group; by default they deduplicate by content. */
  group?: string
  deduplication?: string
  /** The id of the sender; default: that of Lambda. */
  sender?: string
}

/** Somebody may make a missing queue; it is looked for again after this time, milliseconds. */
const missingMs = 1000

/** Queues for other services of the sandbox, each by its ARN. */
export interface QueueReader {
  /** Undefined if there is no such queue. */
  find(arn: string): { visibilityTimeoutSeconds: number } | undefined
  hasAny(region: string): boolean
  /** At most so many messages that are ready now; none if the queue is gone. */
  receive(arn: string, most: number): ReceivedMessage[]
  /** Deletes received messages. */
  delete(arn: string, messages: readonly Pick<ReceivedMessage, 'receiptHandle'>[]): void
  /** Waits until the queue may have a message, at most so many milliseconds of the sandbox's time. */
  untilMessage(arn: string, ms: number): Promise<void>
  /** @throws ServiceError if the queue does not take it */
  send(arn: string, message: OwnMessage): void
}

export function queueReader(store: QueueStore, waits: QueueWaits, clock: () => number): QueueReader {
  return {
    find(arn) {
      const queue = store.byArn(arn)
      return queue && { visibilityTimeoutSeconds: numberOf(queue.record, 'VisibilityTimeout') }
    },
    hasAny: (region) => store.in(region).length > 0,
    receive(arn, most) {
      const queue = store.byArn(arn)
      if (!queue) return []
      const visibilityMs = numberOf(queue.record, 'VisibilityTimeout') * 1000
      return take(store, queue, { most, visibilityMs, now: clock() }).map((entry) => received(queue, entry))
    },
    delete(arn, messages) {
      const queue = store.byArn(arn)
      if (!queue) return
      queue.wake(clock())
      for (const { receiptHandle } of messages) removeHeld(queue, receiptHandle)
    },
    async untilMessage(arn, ms) {
      const queue = store.byArn(arn)
      if (queue) await waits.until(queue, ms)
      else await waits.pause(Math.min(ms, missingMs))
    },
    send(arn, message) {
      const queue = store.byArn(arn)
      if (!queue) throw noQueue()
      put(store, queue, { sender: 'AROALAMBDA:lambda', ...message, ...deduplicated(queue, message) }, clock())
    },
  }
}

/** @throws ServiceError for a message without a group to a FIFO queue, as Lambda's own are */
function deduplicated({ record }: Queue, { body, group, deduplication }: OwnMessage): object {
  if (!isFifo(record)) return {}
  if (group === undefined) throw missingParameter('MessageGroupId')
  return { deduplication: deduplication ?? contentId(body) }
}

/** A FIFO queue keeps a message whose time to work on it is over. */
function removeHeld(queue: Queue, handle: string): void {
  const { entry, isLast } = heldBy(queue, handle)
  if (!entry || (isFifo(queue.record) && !(isLast && entry.state === 'inFlight'))) return
  queue.delete(entry)
}

function received(queue: Queue, entry: Entry): ReceivedMessage {
  const { id, body, attributes } = entry.message
  return {
    messageId: id,
    receiptHandle: handleOf(queue, entry),
    body,
    attributes: systemAttributes(entry),
    messageAttributes: Object.fromEntries(Object.entries(attributes ?? {}).map(lambdasForm)),
    md5OfBody: md5(body),
    ...(attributes && { md5OfMessageAttributes: attributesMd5(attributes) }),
  }
}

function lambdasForm([name, { type, text, binary }]: [string, MessageAttribute]): [string, object] {
  const value = binary === undefined ? { stringValue: text } : { binaryValue: binary }
  return [name, { ...value, stringListValues: [], binaryListValues: [], dataType: type }]
}

/** An account without queues. */
export const noQueues: QueueReader = {
  find: () => undefined,
  hasAny: () => false,
  receive: () => [],
  delete: () => undefined,
  // Nobody can make one either.
  untilMessage: () => new Promise<never>(() => undefined),
  send: () => {
    throw noQueue()
  },
}
