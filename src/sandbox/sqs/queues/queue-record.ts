import { partitionOf } from '../../../function/values/partition.ts'

/** A queue as its owner has made it. All of it is JSON. */
export interface QueueRecord {
  /** A queue that is made again under its name is another one. */
  id: string
  name: string
  region: string
  account: string
  /** Seconds since the epoch. */
  created: number
  modified: number
  /** The attributes that were set, by SQS's names, as texts. */
  attributes: Readonly<Record<string, string>>
  tags: Readonly<Record<string, string>>
}

/** Where messages go that were received too often. */
export interface Redrive {
  deadLetterTargetArn: string
  maxReceiveCount: number
}

type Attributed = Pick<QueueRecord, 'attributes'>

/** SQS's defaults of the attributes with numbers; the largest message has 1 MiB since August 2025. */
export const numberDefaults = {
  DelaySeconds: 0,
  MaximumMessageSize: 1_048_576,
  MessageRetentionPeriod: 345_600,
  ReceiveMessageWaitTimeSeconds: 0,
  VisibilityTimeout: 30,
} as const

/** An attribute with a number, such as `VisibilityTimeout` in seconds. */
export function numberOf({ attributes }: Attributed, name: keyof typeof numberDefaults): number {
  return Number(attributes[name] ?? numberDefaults[name])
}

export function isFifo({ attributes }: Attributed): boolean {
  return attributes['FifoQueue'] === 'true'
}

export function redriveOf({ attributes }: Attributed): Redrive | undefined {
  const policy = attributes['RedrivePolicy']
  if (policy === undefined) return undefined
  const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(policy) as Record<keyof Redrive, string>
  return { deadLetterTargetArn, maxReceiveCount: Number(maxReceiveCount) }
}

export function queueArn({
  region,
  account,
  name,
}: Pick<QueueRecord, 'region' | 'account' | 'name'>): string {
  return `arn:${partitionOf(region)}:sqs:${region}:${account}:${name}`
}
