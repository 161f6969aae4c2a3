/** A queue of SQS as its owner has set it, with the messages that it has now. */
export interface Queue {
  isFifo: boolean
  /** How long a received message is hidden from others, seconds. */
  visibilityTimeoutSeconds: number
  /** How long a message stays at most, seconds. */
  retentionSeconds: number
  /** Where messages go that were received too often; absent: nowhere, each comes again until its retention is over. */
  redrive?: Redrive
  /** Messages that can be received, approximately. */
  waiting: number
  /** Messages that somebody has received and not deleted, approximately. */
  inFlight: number
  /** Messages that cannot be received yet, approximately. */
  delayed: number
}

/** The redrive policy of a queue. */
interface Redrive {
  /** The ARN of the dead-letter queue, which may be gone. */
  deadLetterArn: string
  /** The receipts after which a message goes there. */
  maxReceives: number
}

/** Queues of SQS. */
export interface Queues {
  /**
   * A queue by its ARN; undefined if it does not exist.
   *
   * @throws LambdactlError NOT_PERMITTED without `sqs:GetQueueAttributes`
   */
  queue(arn: string): Promise<Queue | undefined>
}
