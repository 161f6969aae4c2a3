import { ServiceError } from '../../protocol/service-error.ts'
import { invalidParameter, notFound } from '../topics/errors.ts'
import type { SubscriptionRecord, TopicBook, TopicRecord } from '../topics/records.ts'

/** @throws ServiceError 400 for an ARN that is none, 404 */
export function requestedTopic({ topics }: TopicBook, arn: string | undefined): TopicRecord {
  checkTopicArn(arn)
  const topic = topics.get(arn)
  if (!topic) throw notFound('Topic')
  return topic
}

/** @throws ServiceError 400 */
export function checkTopicArn(arn: string | undefined): asserts arn is string {
  if (!/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+(?:\.fifo)?$/.test(arn ?? '')) throw invalidParameter('TopicArn')
}

/** @throws ServiceError 400, 404 */
export function requestedSubscription(
  { subscriptions }: TopicBook,
  arn: string | undefined,
): SubscriptionRecord {
  if (!/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w.-]+:[\w-]+$/.test(arn ?? ''))
    throw invalidParameter('SubscriptionArn Reason: An ARN must have at least 6 elements, not 1')
  const subscription = subscriptions.get(arn ?? '')
  if (!subscription) throw notFound('Subscription')
  return subscription
}

/** For tags. @throws ServiceError 404 */
export function taggedTopic({ topics }: TopicBook, arn = ''): TopicRecord {
  const topic = topics.get(arn)
  if (!topic) throw new ServiceError('ResourceNotFoundException', 404, 'Resource does not exist')
  return topic
}
