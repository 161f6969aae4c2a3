import type { KinesisRecord, OpenStream, Shard } from './stream.ts'

/**
 * Notes that somebody has read records of a shard.
 *
 * @returns how far the last one is behind the end of the shard, milliseconds; 0 if no record comes after it
 */
export function noteRead(
  opened: OpenStream,
  { log }: Shard,
  { records, now }: { records: readonly KinesisRecord[]; now: number },
): number {
  const last = records.at(-1)
  const behind = last && last.sequenceNumber !== log.last ? Math.max(0, now - last.arrivedAt) : 0
  opened.iteratorAge = Math.max(opened.iteratorAge ?? 0, behind)
  return behind
}
