import { randomUUID } from 'node:crypto'
import type {
  GetSubscriptionAttributesInput,
  GetSubscriptionAttributesResponse,
  SetSubscriptionAttributesInput,
  SubscribeInput,
  SubscribeResponse,
  UnsubscribeInput,
} from '@aws-sdk/client-sns'
import { notImplemented } from '../../protocol/accepting.ts'
import type { Operations } from '../../protocol/service.ts'
import { invalidParameter } from '../topics/errors.ts'
import { isFifo, type SubscriptionRecord, type TopicBook, type TopicRecord } from '../topics/records.ts'
import { requestedSubscription, requestedTopic } from './requested.ts'
import { allAttributes, checkAttributes } from './subscription-attributes.ts'

export function subscriptionOperations(book: TopicBook): Operations {
  return {
    Subscribe: (input: SubscribeInput) => subscribe(book, input),
    Unsubscribe: ({ SubscriptionArn }: UnsubscribeInput) => {
      const { arn, topicArn } = requestedSubscription(book, SubscriptionArn)
      const topic = book.topics.get(topicArn)
      book.subscriptions.delete(arn)
      if (topic) book.topics.set(topicArn, { ...topic, deleted: topic.deleted + 1 })
      return {}
    },
    GetSubscriptionAttributes: ({
      SubscriptionArn,
    }: GetSubscriptionAttributesInput): GetSubscriptionAttributesResponse => ({
      Attributes: allAttributes(requestedSubscription(book, SubscriptionArn)),
    }),
    SetSubscriptionAttributes: ({
      SubscriptionArn,
      AttributeName = '',
      AttributeValue = '',
    }: SetSubscriptionAttributesInput) => {
      const subscription = requestedSubscription(book, SubscriptionArn)
      const attributes = withAttribute(subscription.attributes, AttributeName, AttributeValue)
      checkAttributes(subscription.protocol, attributes)
      book.subscriptions.set(subscription.arn, { ...subscription, attributes })
      return {}
    },
  }
}

/** An empty value, and an empty policy, remove an attribute. */
function withAttribute(
  attributes: SubscriptionRecord['attributes'],
  name: string,
  value: string,
): SubscriptionRecord['attributes'] {
  const { [name]: _, ...others } = attributes
  return value === '' || (name !== 'RawMessageDelivery' && value === '{}')
    ? others
    : { ...others, [name]: value }
}

/** SNS's protocols of which the sandbox has none. */
const others = new Set(['http', 'https', 'email', 'email-json', 'sms', 'application', 'firehose'])

/** Subscribes a function or a queue; it needs no confirmation. @throws ServiceError 400, 404, 501 */
function subscribe(
  book: TopicBook,
  { TopicArn, Protocol = '', Endpoint: endpoint = '', Attributes = {} }: SubscribeInput,
): SubscribeResponse {
  const topic = requestedTopic(book, TopicArn)
  if (others.has(Protocol)) throw notImplemented(`subscriptions by ${Protocol}, only those by lambda and sqs`)
  if (Protocol !== 'lambda' && Protocol !== 'sqs')
    throw invalidParameter(`Does not support this protocol string: ${Protocol}`)
  checkEndpoint(topic, Protocol, endpoint)
  checkAttributes(Protocol, Attributes)
  const present = book
    .subscriptionsOf(topic.arn)
    .find((each) => each.protocol === Protocol && each.endpoint === endpoint)
  if (present) {
    requireSame(present, Attributes)
    return { SubscriptionArn: present.arn }
  }
  const arn = `${topic.arn}:${randomUUID()}`
  const [topicArn, attributes, sequence] = [topic.arn, { ...Attributes }, book.nextSequence()]
  book.subscriptions.set(arn, { arn, topicArn, protocol: Protocol, endpoint, attributes, sequence })
  return { SubscriptionArn: arn }
}

function checkEndpoint(topic: TopicRecord, protocol: 'lambda' | 'sqs', endpoint: string): void {
  if (protocol === 'lambda' && isFifo(topic))
    throw invalidParameter('Endpoint Reason: A FIFO topic can be subscribed by queues only, not by functions')
  if (
    protocol === 'lambda' &&
    !/^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+(?::[\w$-]+)?$/.test(endpoint)
  )
    throw invalidParameter('Lambda endpoint ARN')
  if (protocol === 'sqs' && !/^arn:[\w-]+:sqs:[\w-]+:\d{12}:[\w-]+(?:\.fifo)?$/.test(endpoint))
    throw invalidParameter('SQS endpoint ARN')
  if (endpoint.endsWith('.fifo') && !isFifo(topic))
    throw invalidParameter('Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics')
}

function requireSame({ attributes }: SubscriptionRecord, given: SubscriptionRecord['attributes']): void {
  if (Object.entries(given).some(([name, value]) => (attributes[name] ?? '') !== value))
    throw invalidParameter('Attributes Reason: Subscription already exists with different attributes')
}
