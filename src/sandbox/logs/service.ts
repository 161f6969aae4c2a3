import * as logs from '@aws-sdk/client-cloudwatch-logs'
import { operationSchemas, type Service } from '../protocol/service.ts'
import type { Persistent } from '../state/persistent.ts'
import type { LogSink } from '../telemetry.ts'
import { filterLogEvents } from './filter-log-events.ts'
import { getLogEvents } from './get-log-events.ts'
import { groupOperations } from './groups.ts'
import { createLogStore } from './log-store.ts'
import { putLogEvents } from './put-log-events.ts'
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

/** CloudWatch Logs. Groups are the same in every Region. */
export function logsService({ clock }: LogsDependencies): Logs {
  const store = createLogStore(clock)
  return {
    service: {
      signingName: 'logs',
      protocol: { kind: 'awsJson', version: '1.1', target: 'Logs_20140328' },
      schemas: operationSchemas(logs),
      operations: {
        ...groupOperations(store),
        ...streamOperations(store),
        PutLogEvents: putLogEvents(store, clock),
        GetLogEvents: getLogEvents(store),
        FilterLogEvents: filterLogEvents(store),
      },
    },
    sink: store,
    persistent: store.persistent,
  }
}
