import * as logs from '@aws-sdk/client-cloudwatch-logs'
import {
  type Call,
  type Operation,
  type Operations,
  operationSchemas,
  type Service,
} from '../protocol/service.ts'
import type { Persistent } from '../state/persistent.ts'
import type { LogSink } from '../telemetry.ts'
import { filterLogEvents } from './filter-log-events.ts'
import { getLogEvents } from './get-log-events.ts'
import { groupOperations } from './groups.ts'
import { createLogStores, type LogStore } from './log-store.ts'
import { putLogEvents } from './put-log-events.ts'
import { queryOperations } from './queries.ts'
import { startLiveTail } from './start-live-tail.ts'
import { streamOperations } from './streams.ts'

export interface LogsDependencies {
  /** Milliseconds since the epoch. */
  clock: () => number
}

export interface Logs {
  service: Service
  sink: LogSink
  persistent: Persistent[]
}

/** CloudWatch Logs. Each Region has groups of its own. */
export function logsService({ clock }: LogsDependencies): Logs {
  const stores = createLogStores(clock)
  return {
    service: {
      signingName: 'logs',
      protocol: { kind: 'awsJson', version: '1.1', target: 'Logs_20140328' },
      schemas: operationSchemas(logs),
      operations: inRegions(
        (region) => stores.of(region),
        (store) => ({
          ...groupOperations(store),
          ...streamOperations(store),
          PutLogEvents: putLogEvents(store, clock),
          GetLogEvents: getLogEvents(store),
          FilterLogEvents: filterLogEvents(store),
          StartLiveTail: startLiveTail(store),
          ...queryOperations(store, clock),
        }),
      ),
    },
    sink: stores,
    persistent: stores.persistent,
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
