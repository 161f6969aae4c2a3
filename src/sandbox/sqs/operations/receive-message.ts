import type {
  MessageAttributeValue,
  ReceiveMessageRequest,
  ReceiveMessageResult,
  Message as Shown,
} from '@aws-sdk/client-sqs'
import { ServiceError } from '../../protocol/service-error.ts'
import { attributesMd5, md5 } from '../queues/digests.ts'
import { invalidValue, unknownAttribute } from '../queues/errors.ts'
import { type Entry, systemAttributes } from '../queues/message.ts'
import type { Queue } from '../queues/queue.ts'
import { isFifo, numberOf } from '../queues/queue-record.ts'
import { handleOf } from '../queues/receipts.ts'
import { take } from '../queues/receive.ts'
import type { QueueStore } from '../queues/store.ts'
import { shownAttributes } from './message-attributes.ts'

/** The messages of a queue that may be in flight at the same time, by SQS's quotas of 2026. */
const mostInFlight = 120_000

/**
 * Waits until a queue may have a message, at most so much of the sandbox's time, milliseconds.
 *
 * @returns false if nobody may wait any longer
 */
export type AwaitMessage = (queue: Queue, ms: number) => Promise<boolean>

/** Receives messages; with a wait time it waits for the first one. @throws ServiceError */
export async function receiveMessage(
  store: QueueStore,
  queue: Queue,
  input: Omit<ReceiveMessageRequest, 'QueueUrl'>,
  { clock, awaitMessage }: { clock: () => number; awaitMessage: AwaitMessage },
): Promise<ReceiveMessageResult> {
  const { most, visibilityMs, waitMs } = bounds(queue, input)
  const end = clock() + waitMs
  const { counts, record } = queue
  if (waitMs === 0 && !isFifo(record) && counts.inFlight >= mostInFlight) throw overLimit()
  for (;;) {
    const free = Math.min(most, mostInFlight - counts.inFlight)
    const taken = free > 0 ? take(store, queue, { most: free, visibilityMs, now: clock() }) : []
    if (taken.length > 0) return { Messages: taken.map((entry) => shown(queue, entry, input)) }
    const left = end - clock()
    // A queue that was deleted meanwhile gets no message any more.
    if (left <= 0 || store.find(record.region, record.name) !== queue) return {}
    if (!(await awaitMessage(queue, left))) return {}
  }
}

function bounds(
  { record }: Queue,
  {
    MaxNumberOfMessages: most = 1,
    VisibilityTimeout: visibility = numberOf(record, 'VisibilityTimeout'),
    WaitTimeSeconds: wait = numberOf(record, 'ReceiveMessageWaitTimeSeconds'),
  }: Omit<ReceiveMessageRequest, 'QueueUrl'>,
) {
  if (most < 1 || most > 10) {
    throw invalidValue(most, 'MaxNumberOfMessages', 'Must be between 1 and 10, if provided.')
  }
  if (visibility < 0 || visibility > 43_200) {
    throw invalidValue(
      visibility,
      'VisibilityTimeout',
      'VisibilityTimeout must be an integer between 0 and 43200.',
    )
  }
  if (wait < 0 || wait > 20)
    throw invalidValue(wait, 'WaitTimeSeconds', 'Must be >= 0 and <= 20, if provided.')
  return { most, visibilityMs: visibility * 1000, waitMs: wait * 1000 }
}

function overLimit(): ServiceError {
  return new ServiceError('OverLimit', 403, 'Too many messages are in flight in this queue.')
}

function shown(queue: Queue, entry: Entry, input: Omit<ReceiveMessageRequest, 'QueueUrl'>): Shown {
  const { id, body, attributes = {} } = entry.message
  const system = [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])]
  const own = Object.fromEntries(
    Object.entries(attributes).filter(([name]) => isWanted(name, input.MessageAttributeNames ?? [])),
  )
  const hasOwn = Object.keys(own).length > 0
  const told = chosen(systemAttributes(entry), system)
  return {
    MessageId: id,
    ReceiptHandle: handleOf(queue, entry),
    MD5OfBody: md5(body),
    Body: body,
    ...(told && { Attributes: told }),
    ...(hasOwn && { MD5OfMessageAttributes: attributesMd5(own), MessageAttributes: shownOf(own) }),
  }
}

function shownOf(own: Parameters<typeof shownAttributes>[0]): Record<string, MessageAttributeValue> {
  return shownAttributes(own)
}

/** Names may end in `.*`, which stands for any text. */
function isWanted(name: string, wanted: readonly string[]): boolean {
  return wanted.some(
    (each) =>
      each === 'All' ||
      each === '.*' ||
      each === name ||
      (each.endsWith('.*') && name.startsWith(each.slice(0, -2))),
  )
}

const known = new Set([
  'All',
  'SenderId',
  'SentTimestamp',
  'ApproximateReceiveCount',
  'ApproximateFirstReceiveTimestamp',
  'SequenceNumber',
  'MessageDeduplicationId',
  'MessageGroupId',
  'AWSTraceHeader',
  'DeadLetterQueueSourceArn',
])

function chosen(
  all: Readonly<Record<string, string>>,
  names: readonly string[],
): Record<string, string> | undefined {
  const unknown = names.find((name) => !known.has(name))
  if (unknown !== undefined) throw unknownAttribute(unknown)
  const found = Object.entries(all).filter(([name]) => names.includes('All') || names.includes(name))
  return found.length > 0 ? Object.fromEntries(found) : undefined
}
