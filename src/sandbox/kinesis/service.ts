import { type Pace, realPace } from '../clock.ts'
import type { Service } from '../protocol/service.ts'
import type { Persistent } from '../state/persistent.ts'
import type { StreamReader } from '../streams/stream-reader.ts'
import type { MetricSink } from '../telemetry.ts'
import { createWaits } from '../waits.ts'
import { beat, beatMs } from './beat.ts'
import { kinesisReader } from './reader.ts'
import { KinesisStore } from './storage/store.ts'

interface KinesisDependencies {
  /** Milliseconds since the epoch. */
  clock: () => number
  /** Default: real time. */
  pace?: Pace
  /** Gets the metrics of streams each minute; default: none. */
  metrics?: MetricSink
}

const noMetrics: MetricSink = { record: () => undefined }

/** Kinesis: streams with their records. Its operations and its client are loaded with the first request. */
export function kinesisService({ clock, pace = realPace, metrics = noMetrics }: KinesisDependencies): {
  service: Service
  persistent: Persistent[]
  reader: StreamReader
  close(): void
} {
  const store = new KinesisStore(clock)
  const waits = createWaits(pace)
  const timer = setInterval(() => beat(store, metrics, clock()), pace.beatMs(beatMs)).unref()
  return {
    service: {
      signingName: 'kinesis',
      protocol: { kind: 'awsJson', version: '1.1', target: 'Kinesis_20131202' },
      schemas: new Map(),
      operations: {},
      deferred: {
        operationNames,
        load: async () => (await import('./operations/all.ts')).kinesisOperations({ store, clock }),
      },
    },
    persistent: store.persistent,
    reader: kinesisReader(store, waits, clock),
    close() {
      clearInterval(timer)
      waits.close()
    },
  }
}

/** The names that faults have for the operations before these are loaded. */
const operationNames = [
  'AddTagsToStream',
  'CreateStream',
  'DecreaseStreamRetentionPeriod',
  'DeleteStream',
  'DescribeStream',
  'DescribeStreamSummary',
  'GetRecords',
  'GetShardIterator',
  'IncreaseStreamRetentionPeriod',
  'ListShards',
  'ListStreams',
  'ListTagsForResource',
  'ListTagsForStream',
  'PutRecord',
  'PutRecords',
  'RemoveTagsFromStream',
  'TagResource',
  'UntagResource',
]
