import { randomUUID } from 'node:crypto'
import { type FanOut, fanOut } from './fan-out.ts'
import type { Message } from './message.ts'
import { isFifo, type TopicRecord } from './records.ts'

/** A message before it has its id. */
export interface Draft extends Pick<Message, 'textFor' | 'subject' | 'attributes'> {
  /** Of a FIFO topic. */
  fifo?: { group: string; deduplication: string }
}

/** The answer to a message that was published. */
export interface Published {
  MessageId: string
  SequenceNumber?: string
}

/** A FIFO topic takes a message once in this time, milliseconds. */
const deduplicationMs = 5 * 60_000

/** Publishes a message to the subscriptions of a topic. */
export type Publish = (topic: TopicRecord, draft: Draft) => Promise<Published>

/** @param clock milliseconds since the epoch */
export function createPublisher(fan: FanOut, clock: () => number): Publish {
  const { topics, duplicates } = fan.book
  return async (topic, { fifo, ...draft }) => {
    const message: Message = { id: randomUUID(), ...draft, publishedAt: clock() }
    if (!isFifo(topic) || !fifo) {
      await fanOut(fan, topic, message)
      return { MessageId: message.id }
    }
    const now = clock()
    const key = `${topic.arn}/${fifo.deduplication}`
    const earlier = duplicates.get(key)
    if (earlier && earlier.until > now) return answer(earlier.messageId, earlier.sequence)
    const sequence = (topics.get(topic.arn)?.sequence ?? 0) + 1
    topics.set(topic.arn, { ...(topics.get(topic.arn) ?? topic), sequence })
    duplicates.set(key, { messageId: message.id, sequence, until: now + deduplicationMs })
    await fanOut(fan, topic, { ...message, fifo: { ...fifo, sequence: sequenceNumber(sequence) } })
    return answer(message.id, sequence)
  }
}

/** Drops the ids of messages that count as duplicates no more. */
export function forgetDuplicates({ duplicates }: FanOut['book'], now: number): void {
  for (const [key, { until }] of duplicates) if (until <= now) duplicates.delete(key)
}

function answer(id: string, sequence: number): Published {
  return { MessageId: id, SequenceNumber: sequenceNumber(sequence) }
}

/** SNS's number of a message in a FIFO topic: 20 digits. */
function sequenceNumber(sequence: number): string {
  return String(10_000_000_000_000_000_000n + BigInt(sequence) * 1000n)
}
