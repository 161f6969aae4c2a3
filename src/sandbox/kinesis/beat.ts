import type { MetricSink } from '../telemetry.ts'
import type { KinesisStore } from './storage/store.ts'

/** Kinesis tells CloudWatch of its streams each minute, milliseconds. */
export const beatMs = 60_000

/** Tells the metrics of all streams since the last call, and drops the records that are too old. */
export function beat(store: KinesisStore, metrics: MetricSink, now: number): void {
  for (const opened of store.all()) {
    store.trim(opened)
    const { stream, incoming, iteratorAge } = opened
    const told = { namespace: 'AWS/Kinesis', dimensions: { StreamName: stream.name }, timestamp: now }
    metrics.record(stream.region, [
      { ...told, name: 'IncomingRecords', value: incoming.records, unit: 'Count' },
      { ...told, name: 'IncomingBytes', value: incoming.bytes, unit: 'Bytes' },
      ...(iteratorAge === undefined
        ? []
        : [
            { ...told, name: 'GetRecords.IteratorAgeMilliseconds', value: iteratorAge, unit: 'Milliseconds' },
          ]),
    ])
    opened.incoming = { records: 0, bytes: 0 }
    opened.iteratorAge = undefined
  }
}
