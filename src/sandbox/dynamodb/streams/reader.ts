import type { ShardPlace, StreamReader } from '../../streams/stream-reader.ts'
import type { Waits } from '../../waits.ts'
import { changeEvent } from './change-event.ts'
import type { StreamStore } from './stream-store.ts'

/** A table may get a missing stream; it is looked for again after this time, milliseconds. */
const missingMs = 1000

/** Streams of tables for other services of the sandbox. */
export function tableStreamReader(
  store: StreamStore,
  waits: Waits,
  feed: NonNullable<StreamReader['feed']>,
): StreamReader {
  const streamAt = ({ arn, shard }: ShardPlace) => {
    const opened = store.byArn(arn)
    return opened?.shard.id === shard ? opened : undefined
  }
  return {
    find(arn) {
      const opened = store.byArn(arn)
      return opened && { id: opened.stream.id, shards: [opened.shard.id] }
    },
    hasAny: (region) => store.in(region).length > 0,
    position: (place, start) => streamAt(place)?.shard.log.position(start) ?? '0',
    read(place, after, most) {
      const opened = streamAt(place)
      if (!opened) return []
      store.trimOne(opened)
      return opened.shard.log.after(after, most).map((record) => ({
        sequenceNumber: record.sequenceNumber,
        arrivedAt: record.arrivedAt,
        partitionKey: JSON.stringify(record.keys),
        event: changeEvent(opened.stream, record),
      }))
    },
    feed,
    async untilRecord(place, after, ms) {
      const log = streamAt(place)?.shard.log
      if (!log) await waits.pause(Math.min(ms, missingMs))
      else if (log.after(after, 1).length === 0) await waits.wait(ms, (end) => log.watch(end))
    },
  }
}
