import { createHash, randomUUID } from 'node:crypto'
import type { Message } from './message.ts'
import type { Queue } from './queue.ts'
import { isFifo, numberOf } from './queue-record.ts'
import type { QueueStore } from './store.ts'

/** A message that somebody sends, and that was checked. */
export interface Sent
  extends Pick<Message, 'body' | 'sender' | 'attributes' | 'trace' | 'group' | 'deduplication'> {
  /** Default: the queue's delay. */
  delaySeconds?: number | undefined
}

/** A FIFO queue takes a message once in this time, milliseconds. */
const deduplicationMs = 5 * 60_000

/** Puts a message into a queue. @returns its id, or that of the earlier one of which it is a duplicate */
export function put(
  store: QueueStore,
  queue: Queue,
  { delaySeconds, ...sent }: Sent,
  now: number,
): Pick<Message, 'id' | 'sequence'> {
  const { record } = queue
  const key = isFifo(record) ? duplicateKey(queue, sent) : undefined
  const earlier = key === undefined ? undefined : store.duplicates.get(key)
  if (earlier && earlier.until > now) return { id: earlier.messageId, sequence: earlier.sequence }
  const message: Message = { id: randomUUID(), ...sent, sentAt: now, sequence: store.nextSequence() }
  const delayMs = (delaySeconds ?? numberOf(record, 'DelaySeconds')) * 1000
  queue.activity.sent += 1
  queue.add(message, { visibleAt: now + delayMs, receives: 0 }, now)
  if (key !== undefined) {
    store.duplicates.set(key, {
      messageId: message.id,
      sequence: message.sequence,
      until: now + deduplicationMs,
    })
  }
  return message
}

/** By the queue or by the group, as the queue says. */
function duplicateKey(
  { record }: Queue,
  { group = '', deduplication = '' }: Omit<Sent, 'delaySeconds'>,
): string {
  const scope = record.attributes['DeduplicationScope'] === 'messageGroup' ? `${group} ` : ''
  return `${record.id}/${scope}${deduplication}`
}

/** The deduplication id that a FIFO queue makes of a message's content. */
export function contentId(body: string): string {
  return createHash('sha256').update(body).digest('hex')
}
