import type { ShardPlace, StreamReader, StreamRecord } from '../streams/stream-reader.ts'
import type { Waits } from '../waits.ts'
import { hashKeyOf, shardFor } from './storage/hash-keys.ts'
import { noteRead } from './storage/reads.ts'
import type { KinesisStore } from './storage/store.ts'
import { type KinesisRecord, type OpenStream, type Shard, streamArn } from './storage/stream.ts'

/** Somebody may make a missing stream; it is looked for again after this time, milliseconds. */
const missingMs = 1000

/** Streams for other services of the sandbox. */
export function kinesisReader(store: KinesisStore, waits: Waits, clock: () => number): StreamReader {
  const shardAt = ({ arn, shard }: ShardPlace) => {
    const opened = store.byArn(arn)
    const found = opened?.shards.find(({ id }) => id === shard)
    return opened && found && { opened, found }
  }
  return {
    find(arn) {
      const opened = store.byArn(arn)
      return opened && { id: opened.stream.id, shards: opened.shards.map(({ id }) => id) }
    },
    hasAny: (region) => store.in(region).length > 0,
    position: (place, start) => shardAt(place)?.found.log.position(start) ?? '0',
    read(place, after, most) {
      const at = shardAt(place)
      if (!at) return []
      const { opened, found } = at
      store.trim(opened)
      const records = found.log.after(after, most)
      noteRead(opened, found, { records, now: clock() })
      return records.map((record) => seen(opened, found, record))
    },
    async feed(arn, data) {
      const partitionKey = 'sample'
      const opened = store.byArn(arn)
      const shard = opened?.shards[shardFor(hashKeyOf(partitionKey), opened.stream.shards)]
      if (!opened || !shard) return undefined
      store.put(opened, shard, { partitionKey, data: Buffer.from(data) })
      return { partitionKey, data }
    },
    async untilRecord(place, after, ms) {
      const log = shardAt(place)?.found.log
      if (!log) await waits.pause(Math.min(ms, missingMs))
      else if (log.after(after, 1).length === 0) await waits.wait(ms, (end) => log.watch(end))
    },
  }
}

function seen({ stream }: OpenStream, { id }: Shard, record: KinesisRecord): StreamRecord {
  const { sequenceNumber, arrivedAt, partitionKey, data } = record
  return {
    sequenceNumber,
    arrivedAt,
    partitionKey,
    event: {
      kinesis: {
        kinesisSchemaVersion: '1.0',
        partitionKey,
        sequenceNumber,
        data,
        approximateArrivalTimestamp: arrivedAt / 1000,
      },
      eventSource: 'aws:kinesis',
      eventVersion: '1.0',
      eventID: `${id}:${sequenceNumber}`,
      eventName: 'aws:kinesis:record',
      awsRegion: stream.region,
      eventSourceARN: streamArn(stream),
    },
  }
}
