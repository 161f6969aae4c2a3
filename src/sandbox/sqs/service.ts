import { type Pace, realPace } from '../clock.ts'
import type { Service } from '../protocol/service.ts'
import type { Persistent } from '../state/persistent.ts'
import type { MetricSink } from '../telemetry.ts'
import { beat, beatMs } from './beat.ts'
import type { AwaitMessage } from './operations/receive-message.ts'
import { QueueStore } from './queues/store.ts'
import { createQueueWaits } from './queues/waits.ts'
import { type QueueReader, queueReader } from './reader.ts'

interface SqsDependencies {
  /** Milliseconds since the epoch. */
  clock: () => number
  /** Default: real time. */
  pace?: Pace
  /** Gets the metrics of queues each minute; default: none. */
  metrics?: MetricSink
}

const noMetrics: MetricSink = { record: () => undefined }

/** SQS: queues with their messages. Its operations and its client are loaded with the first request. */
export function sqsService({ clock, pace = realPace, metrics = noMetrics }: SqsDependencies): {
  service: Service
  persistent: Persistent[]
  reader: QueueReader
  close(): void
} {
  const store = new QueueStore(clock)
  const waits = createQueueWaits(clock, pace)
  const timer = setInterval(() => beat(store, metrics, clock()), pace.beatMs(beatMs)).unref()
  const awaitMessage: AwaitMessage = async (queue, ms) => {
    await waits.until(queue, ms)
    return !waits.isClosed()
  }
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
    reader: queueReader(store, waits, clock),
    close() {
      clearInterval(timer)
      waits.close()
    },
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
