import { type Pace, realPace } from '../clock.ts'
import type { Service } from '../protocol/service.ts'
import type { Persistent } from '../state/persistent.ts'
import type { AwaitMessage } from './operations/receive-message.ts'
import { QueueStore } from './queues/store.ts'
import { createWaits } from './queues/waits.ts'

/** SQS: queues with their messages. Its operations and its client are loaded with the first request. */
export function sqsService({ clock, pace = realPace }: { clock: () => number; pace?: Pace }): {
  service: Service
  persistent: Persistent[]
  close(): void
} {
  const store = new QueueStore(clock)
  const waits = createWaits(clock, pace)
  const awaitMessage: AwaitMessage = (queue, ms) => waits.until(queue, ms)
  return {
    service: {
      signingName: 'sqs',
      protocol: { kind: 'awsJson', version: '1.0', target: 'AmazonSQS' },
      schemas: new Map(),
      operations: {},
      deferred: {
        operationNames,
        load: async () => (await import('./operations/all.ts')).sqsOperations({ store, clock, awaitMessage }),
      },
    },
    persistent: store.persistent,
    close: () => waits.close(),
  }
}

/** The names that faults have for the operations before these are loaded. */
const operationNames = [
  'ChangeMessageVisibility',
  'ChangeMessageVisibilityBatch',
  'CreateQueue',
  'DeleteMessage',
  'DeleteMessageBatch',
  'DeleteQueue',
  'GetQueueAttributes',
  'GetQueueUrl',
  'ListDeadLetterSourceQueues',
  'ListQueueTags',
  'ListQueues',
  'PurgeQueue',
  'ReceiveMessage',
  'SendMessage',
  'SendMessageBatch',
  'SetQueueAttributes',
  'TagQueue',
  'UntagQueue',
]
