import { readerFor, type ShardPlace, type StartingPoint } from '../../streams/stream-reader.ts'
import type { LambdaContext } from '../records/context.ts'
import type { MappingRecord } from '../records/mappings.ts'

/** Notes where a mapping begins to read each shard, so that it gets all that comes from now on. */
export function noteBeginning(context: LambdaContext, mapping: MappingRecord): void {
  const arn = mapping.settings.EventSourceArn ?? ''
  const stream = readerFor(context.streams, arn).find(arn)
  for (const shard of stream?.shards ?? []) {
    beginAt(context, mapping, { arn, shard, stream: stream?.id ?? '' })
  }
}

/**
 * The position at which a mapping goes on with a shard.
 *
 * @param stream the id of the stream, which may have been made again
 */
export function beginAt(
  { checkpoints, streams }: LambdaContext,
  { uuid, settings }: MappingRecord,
  { arn, shard, stream }: ShardPlace & { stream: string },
): string {
  const found = checkpoints.find(uuid, shard)
  if (found?.stream === stream) return found.position
  const position = found ? '0' : readerFor(streams, arn).position({ arn, shard }, startOf(settings))
  checkpoints.keep(uuid, shard, { stream, position })
  return position
}

function startOf({
  StartingPosition: type,
  StartingPositionTimestamp: time,
}: MappingRecord['settings']): StartingPoint {
  if (type === 'LATEST' || type === 'TRIM_HORIZON') return { type }
  // A restored one is text.
  return { type: 'AT_TIMESTAMP', time: new Date(time ?? 0).getTime() }
}
