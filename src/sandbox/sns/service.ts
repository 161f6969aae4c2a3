import { type Pace, realPace } from '../clock.ts'
import type { Feeds } from '../delivery/feed.ts'
import type { Delivery, Target } from '../delivery/parcel.ts'
import type { Service } from '../protocol/service.ts'
import type { Persistent } from '../state/persistent.ts'
import type { MetricSink } from '../telemetry.ts'
import { topicFeed } from './topics/feed.ts'
import { createPublisher, forgetDuplicates } from './topics/publisher.ts'
import { TopicBook } from './topics/records.ts'
import { topicTarget } from './topics/topic-target.ts'

interface SnsDependencies {
  /** Milliseconds since the epoch. */
  clock: () => number
  /** Default: real time. */
  pace?: Pace
  /** Takes messages to functions and queues. */
  delivery: Delivery
  /** Gets the metrics of topics; default: none. */
  metrics?: MetricSink
}

/** Milliseconds. */
const forgetEveryMs = 60_000

/** SNS: topics with their subscriptions. Its operations and its client are loaded with the first request. */
export function snsService({
  clock,
  pace = realPace,
  delivery,
  metrics = { record: () => undefined },
}: SnsDependencies): {
  service: Service
  persistent: Persistent[]
  /** Topics, for the other services. */
  target: Target
  feeds: Feeds
  close(): void
} {
  const book = new TopicBook()
  const publish = createPublisher({ book, delivery, metrics }, clock)
  const timer = setInterval(() => forgetDuplicates(book, clock()), pace.beatMs(forgetEveryMs)).unref()
  return {
    service: {
      signingName: 'sns',
      protocol: {
        kind: 'awsQuery',
        version: '2010-03-31',
        xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
      },
      schemas: new Map(),
      operations: {},
      deferred: {
        operationNames,
        load: async () => (await import('./operations/all.ts')).snsOperations(book, publish),
      },
    },
    persistent: book.persistent,
    target: topicTarget(book, publish),
    feeds: { sns: topicFeed(book, publish) },
    close: () => clearInterval(timer),
  }
}

/** The names that faults have for the operations before these are loaded. */
const operationNames = [
  'CreateTopic',
  'DeleteTopic',
  'GetSubscriptionAttributes',
  'GetTopicAttributes',
  'ListSubscriptions',
  'ListSubscriptionsByTopic',
  'ListTagsForResource',
  'ListTopics',
  'Publish',
  'PublishBatch',
  'SetSubscriptionAttributes',
  'SetTopicAttributes',
  'Subscribe',
  'TagResource',
  'Unsubscribe',
  'UntagResource',
]
