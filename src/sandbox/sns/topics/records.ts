import { KeptMap } from '../../state/kept-map.ts'

/** A topic as its owner has made it. All of it is JSON. */
export interface TopicRecord {
  arn: string
  name: string
  region: string
  account: string
  /** The attributes that were set, by SNS's names, as texts. */
  attributes: Readonly<Record<string, string>>
  tags: Readonly<Record<string, string>>
  /** The number of messages that a FIFO topic took. */
  sequence?: number
  /** The number of subscriptions that were deleted. */
  deleted: number
}

/** A subscription of a function or a queue. All of it is JSON. */
export interface SubscriptionRecord {
  arn: string
  topicArn: string
  protocol: 'lambda' | 'sqs'
  /** The ARN of the function, alias or queue. */
  endpoint: string
  /** The attributes that were set, by SNS's names, as texts. */
  attributes: Readonly<Record<string, string>>
  /** The order of the subscriptions of the sandbox. */
  sequence: number
}

/** A message that a FIFO topic had in the last minutes. */
export interface Duplicate {
  messageId: string
  sequence: number
  /** Milliseconds since the epoch. */
  until: number
}

/** All topics and subscriptions, by their ARNs, kept on disk. */
export class TopicBook {
  readonly topics = new KeptMap<TopicRecord>('sns-topic')
  readonly subscriptions = new KeptMap<SubscriptionRecord>('sns-subscription')
  /** By topic and deduplication id. */
  readonly duplicates = new KeptMap<Duplicate>('sns-duplicate')
  readonly persistent = [this.topics, this.subscriptions, this.duplicates]

  /** In the order in which they were made. */
  subscriptionsOf(topicArn: string): SubscriptionRecord[] {
    return [...this.subscriptions.values()]
      .filter((each) => each.topicArn === topicArn)
      .toSorted((one, other) => one.sequence - other.sequence)
  }

  nextSequence(): number {
    return Math.max(0, ...Array.from(this.subscriptions.values(), ({ sequence }) => sequence)) + 1
  }

  /** Deletes a topic with its subscriptions. */
  deleteTopic(arn: string): void {
    this.topics.delete(arn)
    for (const { arn: each } of this.subscriptionsOf(arn)) this.subscriptions.delete(each)
  }
}

export function isFifo({ attributes }: Pick<TopicRecord, 'attributes'>): boolean {
  return attributes['FifoTopic'] === 'true'
}
