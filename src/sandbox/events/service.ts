import { type Pace, realPace } from '../clock.ts'
import type { Feeds } from '../delivery/feed.ts'
import type { Delivery, Target } from '../delivery/parcel.ts'
import type { Service } from '../protocol/service.ts'
import type { Persistent } from '../state/persistent.ts'
import type { MetricSink } from '../telemetry.ts'
import { busTarget } from './rules/bus-target.ts'
import { ruleFeeds } from './rules/feed.ts'
import { RuleBook } from './rules/records.ts'
import { createSchedules } from './rules/schedules.ts'

interface EventsDependencies {
  /** Milliseconds since the epoch. */
  clock: () => number
  /** Default: real time. */
  pace?: Pace
  /** Takes events to the targets of rules. */
  delivery: Delivery
  /** Gets the metrics of rules; default: none. */
  metrics?: MetricSink
}

/** The time between two looks at the schedules, milliseconds. */
const turnMs = 1000

/** EventBridge: buses, rules and schedules. Its operations and its client are loaded with the first request. */
export function eventsService({
  clock,
  pace = realPace,
  delivery,
  metrics = { record: () => undefined },
}: EventsDependencies): {
  service: Service
  persistent: Persistent[]
  /** Buses, for the other services. */
  target: Target
  feeds: Feeds
  close(): void
} {
  const book = new RuleBook()
  const router = { book, delivery, metrics, clock }
  const schedules = createSchedules(router)
  const timer = setInterval(() => {
    schedules.turn().catch((error: unknown) => console.error(error))
  }, pace.beatMs(turnMs)).unref()
  return {
    service: {
      signingName: 'events',
      protocol: { kind: 'awsJson', version: '1.1', target: 'AWSEvents' },
      schemas: new Map(),
      operations: {},
      deferred: {
        operationNames,
        load: async () => (await import('./operations/all.ts')).eventOperations(router),
      },
    },
    persistent: book.persistent,
    target: busTarget(router),
    feeds: ruleFeeds(router),
    close: () => clearInterval(timer),
  }
}

/** The names that faults have for the operations before these are loaded. */
const operationNames = [
  'CreateEventBus',
  'DeleteEventBus',
  'DeleteRule',
  'DescribeEventBus',
  'DescribeRule',
  'DisableRule',
  'EnableRule',
  'ListEventBuses',
  'ListRuleNamesByTarget',
  'ListRules',
  'ListTagsForResource',
  'ListTargetsByRule',
  'PutEvents',
  'PutRule',
  'PutTargets',
  'RemoveTargets',
  'TagResource',
  'TestEventPattern',
  'UntagResource',
]
