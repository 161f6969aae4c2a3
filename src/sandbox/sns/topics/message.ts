import type { MessageAttribute } from '../../sqs/queues/message.ts'

/** A message that somebody publishes, and that was checked. */
export interface Message {
  id: string
  /** The text for a protocol, since a message may have one for each. */
  textFor: (protocol: 'lambda' | 'sqs') => string
  subject: string | undefined
  attributes: Readonly<Record<string, MessageAttribute>> | undefined
  /** Milliseconds since the epoch. */
  publishedAt: number
  /** Of a FIFO topic. */
  fifo?: { group: string; deduplication: string; sequence: string }
}
