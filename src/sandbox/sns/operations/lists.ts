import type {
  ListSubscriptionsByTopicInput,
  ListSubscriptionsInput,
  ListSubscriptionsResponse,
  ListTopicsInput,
  ListTopicsResponse,
} from '@aws-sdk/client-sns'
import { pageOf } from '../../protocol/paging.ts'
import type { Operations } from '../../protocol/service.ts'
import { invalidParameter } from '../topics/errors.ts'
import type { SubscriptionRecord, TopicBook } from '../topics/records.ts'
import { requestedTopic } from './requested.ts'

/** SNS's pages have so many entries. */
const size = 100

export function listOperations(book: TopicBook): Operations {
  return {
    ListTopics: ({ NextToken }: ListTopicsInput, { region }): ListTopicsResponse => {
      const topics = [...book.topics.values()].filter((topic) => topic.region === region)
      const { items, next } = page(topics, NextToken)
      return { Topics: items.map(({ arn }) => ({ TopicArn: arn })), NextToken: next }
    },
    ListSubscriptions: ({ NextToken }: ListSubscriptionsInput, { region }) =>
      subscriptionPage(
        [...book.subscriptions.values()].filter(({ arn }) => arn.split(':')[3] === region),
        NextToken,
      ),
    ListSubscriptionsByTopic: ({ TopicArn, NextToken }: ListSubscriptionsByTopicInput) =>
      subscriptionPage(book.subscriptionsOf(requestedTopic(book, TopicArn).arn), NextToken),
  }
}

function subscriptionPage(
  subscriptions: readonly SubscriptionRecord[],
  token: string | undefined,
): ListSubscriptionsResponse {
  const { items, next } = page(subscriptions, token)
  const shown = items.map(({ arn, topicArn, protocol, endpoint }) => ({
    SubscriptionArn: arn,
    Owner: topicArn.split(':')[4],
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: topicArn,
  }))
  return { Subscriptions: shown, NextToken: next }
}

const invalidToken = () => invalidParameter('NextToken')

function page<Item extends { arn: string }>(items: readonly Item[], token: string | undefined) {
  return pageOf(items, ({ arn }) => arn, { size, token, invalidToken })
}
