import { LambdactlError } from '../../../errors/error.ts'
import type { Feed } from '../../delivery/feed.ts'
import { exampleOf } from '../../event-patterns/example.ts'
import type { MessageAttribute } from '../../sqs/queues/message.ts'
import { filteredOut } from './filter-policy.ts'
import type { Draft, Publish } from './publisher.ts'
import type { SubscriptionRecord, TopicBook } from './records.ts'

/** Publishes a message to the topic to which a function is subscribed. */
export function topicFeed(book: TopicBook, publish: Publish): Feed {
  return async (target, content) => {
    const subscription = [...book.subscriptions.values()].find(({ endpoint }) => endpoint === target)
    const topic = subscription && book.topics.get(subscription.topicArn)
    if (!topic) return undefined
    const draft = draftFor(subscription, content)
    if (filteredOut(subscription, { ...draft, id: '', publishedAt: 0 }) !== undefined)
      throw notThrough(subscription)
    await publish(topic, draft)
    const { attributes } = draft
    return {
      through: topic.arn,
      sent: { message: draft.textFor('lambda'), ...(attributes && { attributes }) },
    }
  }
}

/** A message that the filter policy lets through, if it says nothing about the content that is given. */
function draftFor({ attributes }: SubscriptionRecord, content: string | undefined): Omit<Draft, 'fifo'> {
  const { FilterPolicy, FilterPolicyScope } = attributes
  const example = FilterPolicy ? (exampleOf(FilterPolicy) ?? {}) : {}
  if (FilterPolicyScope === 'MessageBody') {
    const body = content ?? JSON.stringify(example)
    return { textFor: () => body, subject: undefined, attributes: undefined }
  }
  const given = Object.entries(example).map(([name, value]) => [name, attributeOf(value)] as const)
  return {
    textFor: () => content ?? '{}',
    subject: undefined,
    attributes: given.length > 0 ? Object.fromEntries(given) : undefined,
  }
}

function attributeOf(value: unknown): MessageAttribute {
  return typeof value === 'number'
    ? { type: 'Number', text: String(value) }
    : { type: 'String', text: String(value) }
}

function notThrough({ arn, attributes }: SubscriptionRecord): LambdactlError {
  const policy = attributes['FilterPolicy']
  return new LambdactlError('USAGE', `The subscription ${arn} does not let this message through: ${policy}`, {
    next: ['Give a message that fits the filter policy with --file.'],
  })
}
