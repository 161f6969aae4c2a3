import type { Delivery, Parcel } from '../../delivery/parcel.ts'
import type { MetricSink } from '../../telemetry.ts'
import { filteredOut } from './filter-policy.ts'
import { functionEvent, queueBody } from './forms.ts'
import type { Message } from './message.ts'
import type { SubscriptionRecord, TopicBook, TopicRecord } from './records.ts'

/** The most attributes that a message of a queue has. */
const mostRaw = 10

export interface FanOut {
  book: TopicBook
  delivery: Delivery
  metrics: MetricSink
}

/** Gives a message to each subscription of its topic whose filter policy lets it through. */
export async function fanOut(
  { book, delivery, metrics }: FanOut,
  topic: TopicRecord,
  message: Message,
): Promise<void> {
  const count = countOf(metrics, topic, message.publishedAt)
  count('NumberOfMessagesPublished')
  count('PublishSize', Buffer.byteLength(message.textFor('sqs')), 'Bytes')
  for (const subscription of book.subscriptionsOf(topic.arn)) {
    const reason = filteredOut(subscription, message)
    if (reason === undefined) await send(delivery, subscription, message, count)
    else {
      count('NumberOfNotificationsFilteredOut')
      count(`NumberOfNotificationsFilteredOut-${reason}`)
    }
  }
}

type Count = (name: string, value?: number, unit?: string) => void

function countOf(metrics: MetricSink, { region, name: topic }: TopicRecord, timestamp: number): Count {
  return (name, value = 1, unit = 'Count') =>
    metrics.record(region, [
      { namespace: 'AWS/SNS', dimensions: { TopicName: topic }, name, value, unit, timestamp },
    ])
}

/** Functions and queues that refuse a message refuse it for good, so it goes to the dead letters at once. */
async function send(
  delivery: Delivery,
  subscription: SubscriptionRecord,
  message: Message,
  count: Count,
): Promise<void> {
  const { endpoint, topicArn } = subscription
  const parcel = parcelOf(subscription, message)
  const from = { principals: ['sns.amazonaws.com'], sourceArn: topicArn }
  const refusal = parcel && (await delivery.deliver(endpoint, parcel, from))
  if (parcel && !refusal) return count('NumberOfNotificationsDelivered')
  count('NumberOfNotificationsFailed')
  const deadLetters = deadLetterArn(subscription)
  const lost =
    deadLetters === undefined ||
    (await delivery.deliver(deadLetters, {
      body: queueBody(subscription, message),
      ...orderOf(deadLetters, message),
    }))
  if (!lost) return count('NumberOfNotificationsRedrivenToDlq')
  if (deadLetters !== undefined) count('NumberOfNotificationsFailedToRedriveToDlq')
  const why = refusal ? `${refusal.code}: ${refusal.message}` : `it has more than ${mostRaw} attributes`
  console.error(`A message of ${topicArn} is lost (${why}): ${endpoint}`)
}

/** @returns undefined for a raw message with more attributes than a queue takes */
function parcelOf(subscription: SubscriptionRecord, message: Message): Parcel | undefined {
  const { protocol, endpoint, attributes } = subscription
  if (protocol === 'lambda') return { body: JSON.stringify(functionEvent(subscription, message)) }
  const sender = { sender: 'AIDASNS', ...orderOf(endpoint, message) }
  if (attributes['RawMessageDelivery'] !== 'true')
    return { body: queueBody(subscription, message), ...sender }
  const given = message.attributes
  if (given && Object.keys(given).length > mostRaw) return undefined
  return { body: message.textFor('sqs'), ...(given && { attributes: given }), ...sender }
}

/** Only FIFO queues keep the order of a FIFO topic. */
function orderOf(queue: string, { fifo }: Message): Pick<Parcel, 'group' | 'deduplication'> {
  return fifo && queue.endsWith('.fifo') ? { group: fifo.group, deduplication: fifo.deduplication } : {}
}

function deadLetterArn({ attributes }: SubscriptionRecord): string | undefined {
  const policy = attributes['RedrivePolicy']
  return policy ? (JSON.parse(policy) as { deadLetterTargetArn?: string }).deadLetterTargetArn : undefined
}
