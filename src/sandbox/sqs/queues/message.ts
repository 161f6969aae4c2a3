/** An attribute that a sender gives to a message. A binary value is base64. */
export interface MessageAttribute {
  type: string
  text?: string
  binary?: string
}

/** A message as it was sent; it never changes. All of it is JSON. */
export interface Message {
  id: string
  body: string
  attributes?: Readonly<Record<string, MessageAttribute>>
  /** The header of X-Ray that the sender gave. */
  trace?: string
  /** The id of the caller that sent it. */
  sender: string
  /** Milliseconds since the epoch. */
  sentAt: number
  /** The order of arrival among all messages of the sandbox. */
  sequence: number
  group?: string
  deduplication?: string
  /** The ARN of the queue from which it came as a dead letter. */
  from?: string
}

/** How often and when a message was received. */
export interface Delivery {
  /** It can be received from this time on, milliseconds since the epoch. */
  visibleAt: number
  receives: number
  firstReceivedAt?: number
  /** The part of the receipt handle that tells one receipt from another; of the last one. */
  receipt?: string
}

/** The place of a message in its queue. */
export interface Entry {
  message: Message
  delivery: Delivery
  state: 'ready' | 'delayed' | 'inFlight' | 'gone'
  /** Counts the changes of `state`, so that an earlier place in a line is known as old. */
  turn: number
}

/** SQS's number of a message in a FIFO queue: 20 digits that grow with gaps. */
export function sequenceNumber({ sequence }: Pick<Message, 'sequence'>): string {
  return String(18_800_000_000_000_000_000n + BigInt(sequence) * 256n)
}

/** The attributes that SQS itself gives a message, as texts. */
export function systemAttributes({ message, delivery }: Entry): Record<string, string> {
  const { sender, sentAt, group, deduplication, trace, from } = message
  return {
    SenderId: sender,
    SentTimestamp: String(sentAt),
    ApproximateReceiveCount: String(delivery.receives),
    ApproximateFirstReceiveTimestamp: String(delivery.firstReceivedAt ?? ''),
    ...(group !== undefined && { MessageGroupId: group }),
    ...(deduplication !== undefined && {
      MessageDeduplicationId: deduplication,
      SequenceNumber: sequenceNumber(message),
    }),
    ...(trace !== undefined && { AWSTraceHeader: trace }),
    ...(from !== undefined && { DeadLetterQueueSourceArn: from }),
  }
}
