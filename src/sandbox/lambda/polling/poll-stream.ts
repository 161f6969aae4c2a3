import { readerFor } from '../../streams/stream-reader.ts'
import { beginAt } from '../mappings/stream-positions.ts'
import type { LambdaContext } from '../records/context.ts'
import type { MappingRecord } from '../records/mappings.ts'
import { wantingRecords } from './filter.ts'
import { countEvents } from './mapping-metrics.ts'
import { runLane } from './run-lane.ts'
import { createShardFeed } from './shard-feed.ts'

/** Somebody may make a stream that is not there; it is looked for again after this time, milliseconds. */
const missingMs = 1000
/** Records that a shard reads ahead at least. */
const leastAhead = 1000

/** A shard as a mapping reads it. */
interface ReadShard {
  arn: string
  shard: string
  /** The id of the stream. */
  stream: string
  lanes: number
}

/**
 * Reads all shards of a mapping's stream while the mapping is enabled, each from its checkpoint.
 *
 * @param find the mapping as it is now, if it is polled
 */
export async function pollStream(
  context: LambdaContext,
  find: () => MappingRecord | undefined,
): Promise<void> {
  for (let mapping = find(); mapping; mapping = find()) {
    const arn = mapping.settings.EventSourceArn ?? ''
    const lanes = lanesOf(mapping)
    const stream = readerFor(context.streams, arn).find(arn)
    if (!stream) {
      await new Promise<void>((resolve) => context.timers.after(missingMs, resolve))
      continue
    }
    const { id } = stream
    const current = () => {
      const now = find()
      const isSame = readerFor(context.streams, arn).find(arn)?.id === id
      return now && isSame && lanesOf(now) === lanes ? now : undefined
    }
    await Promise.all(
      stream.shards.map((shard) => pollShard(context, current, { arn, shard, stream: id, lanes })),
    )
  }
}

/** The batches of a shard at a time. */
function lanesOf({ settings }: MappingRecord): number {
  return settings.ParallelizationFactor ?? 1
}

async function pollShard(
  context: LambdaContext,
  current: () => MappingRecord | undefined,
  read: ReadShard,
): Promise<void> {
  const mapping = current()
  if (!mapping) return
  const { uuid } = mapping
  const { shard, stream, lanes } = read
  const isWanted = filterOf(current)
  const feed = createShardFeed({
    reader: readerFor(context.streams, read.arn),
    place: read,
    from: beginAt(context, mapping, read),
    lanes,
    mostPending: () => Math.max(leastAhead, 2 * lanes * (current()?.settings.BatchSize ?? 100)),
    isWanted,
    onRead(count, unwanted) {
      const now = current() ?? mapping
      countEvents(context, now, 'PolledEventCount', count)
      countEvents(context, now, 'FilteredOutEventCount', unwanted)
    },
    onPassed(position) {
      // A mapping that was deleted meanwhile has no checkpoints any more.
      if (context.mappings.has(uuid)) context.checkpoints.keep(uuid, shard, { stream, position })
    },
    pause: (ms) => new Promise((resolve) => context.timers.after(ms, resolve)),
  })
  const running = Array.from({ length: lanes }, (_, lane) =>
    runLane({ context, current, feed, place: read, lane }),
  )
  await Promise.all(running)
}

/** The filter of a mapping as it is now; its patterns are read once. */
function filterOf(current: () => MappingRecord | undefined): ReturnType<typeof wantingRecords> {
  let criteria = current()?.settings.FilterCriteria
  let isWanted = wantingRecords(criteria)
  return (record) => {
    const now = current()?.settings.FilterCriteria
    if (now !== criteria) isWanted = wantingRecords(now)
    criteria = now
    return isWanted(record)
  }
}
