import type { PutLogEventsRequest } from '@aws-sdk/client-cloudwatch-logs'
import * as logs from '@aws-sdk/client-cloudwatch-logs'
import { type Pace, realPace } from '../clock.ts'
import { checked } from '../constraints/check-input.ts'
import constraints from '../constraints/models/logs.json' with { type: 'json' }
import { type Delay, noDelay } from '../faults/delays.ts'
import { type Functions, noFunctions } from '../functions.ts'
import { accepting } from '../protocol/accepting.ts'
import {
  type Call,
  type Operation,
  type Operations,
  operationSchemas,
  type Service,
} from '../protocol/service.ts'
import type { Part } from '../state/persistent.ts'
import type { LogSink, MetricSink } from '../telemetry.ts'
import { invalidParameter } from './errors.ts'
import { filterLogEvents } from './filter-log-events.ts'
import { delivery } from './filters/deliver.ts'
import { metricData } from './filters/emit-metrics.ts'
import { createFilterBook } from './filters/filter-book.ts'
import { type MetricFilterRecord, metricFilterOperations } from './filters/metric-filters.ts'
import { type SubscriptionRecord, subscriptionOperations } from './filters/subscription-filters.ts'
import { getLogEvents } from './get-log-events.ts'
import { groupOperations } from './groups.ts'
import { queryOperations } from './insights/queries.ts'
import { createLogStores, type LogStore } from './log-store.ts'
import { putLogEvents } from './put-log-events.ts'
import { startLiveTail } from './start-live-tail.ts'
import { streamOperations } from './streams.ts'
import { tagOperations } from './tags.ts'

export interface LogsDependencies {
  /** Milliseconds since the epoch. */
  clock: () => number
  /** Default: real time. */
  pace?: Pace
  /** Receives the metrics of metric filters; default: nobody does. */
  metrics?: MetricSink
  /** Called by subscription filters; default: there are none. */
  functions?: Functions
  /** Delays events, by the name of their group; default: none is late. */
  delay?: Delay
}

export interface Logs {
  service: Service
  sink: LogSink
  persistent: Part[]
  /** Stops the deletion of expired events, and ends queries and the sessions of Live Tail. */
  close(): void
}

/** Expired events are deleted each second; AWS takes up to three days. */
const forgetEveryMs = 1000

/** CloudWatch Logs. Each Region has groups of its own. */
export function logsService(dependencies: LogsDependencies): Logs {
  const { clock, pace = realPace, metrics, functions = noFunctions, delay = noDelay } = dependencies
  const metricFilters = createFilterBook<MetricFilterRecord>('metric-filter')
  const subscriptions = createFilterBook<SubscriptionRecord>('subscription-filter')
  const stores = createLogStores({
    clock,
    delay,
    appended(group, events) {
      for (const filter of metricFilters.of(group)) metrics?.record(group.region, metricData(filter, events))
      for (const filter of subscriptions.of(group)) {
        const event = delivery(filter, events)
        // A function that is gone or that no longer takes events loses them, as in AWS.
        if (event) functions.send(filter.destinationArn, event).catch(() => undefined)
      }
    },
    removed(group) {
      metricFilters.removeGroup(group)
      subscriptions.removeGroup(group)
    },
  })
  const closing = new AbortController()
  const timer = setInterval(() => stores.forget(clock()), forgetEveryMs).unref()
  return {
    service: {
      signingName: 'logs',
      protocol: { kind: 'awsJson', version: '1.1', target: 'Logs_20140328' },
      schemas: operationSchemas(logs),
      operations: checked(
        inRegions(
          (region) => stores.of(region),
          (store) => ({
            ...groupOperations(store, (group) => metricFilters.of(group).length),
            ...tagOperations(store),
            ...streamOperations(store),
            // AWS ignores the token too.
            PutLogEvents: accepting<PutLogEventsRequest>(
              ['logGroupName', 'logStreamName', 'logEvents', 'sequenceToken'],
              putLogEvents(store, clock),
            ),
            GetLogEvents: getLogEvents(store),
            FilterLogEvents: filterLogEvents(store),
            StartLiveTail: startLiveTail(store, pace, closing.signal),
            ...queryOperations(store, clock, closing.signal),
            ...metricFilterOperations(store, metricFilters, clock),
            ...subscriptionOperations({ store, filters: subscriptions, functions, clock }),
          }),
        ),
        constraints,
        invalidParameter,
      ),
    },
    sink: stores,
    persistent: [...stores.persistent, metricFilters.persistent, subscriptions.persistent],
    close() {
      clearInterval(timer)
      closing.abort()
    },
  }
}

/** Operations on the groups of the call's Region. */
function inRegions(of: (region: string) => LogStore, make: (store: LogStore) => Operations): Operations {
  const byRegion = new Map<string, Operations>()
  const operationsOf = (region: string) => {
    const found = byRegion.get(region) ?? make(of(region))
    byRegion.set(region, found)
    return found
  }
  const names = Object.keys(operationsOf(''))
  const regional =
    (name: string): Operation<never, object> =>
    (input, call: Call) =>
      (operationsOf(call.region)[name] as Operation<never, object>)(input, call)
  return Object.fromEntries(names.map((name) => [name, regional(name)]))
}
