import { partitionOf } from '../../../function/values/partition.ts'
import { ShardLog } from '../../streams/shard-log.ts'

/** A stream as its owner has made it. All of it is JSON. */
export interface KinesisStream {
  /** A stream that is made again under its name is another one. */
  id: string
  name: string
  region: string
  account: string
  /** Milliseconds since the epoch. */
  created: number
  mode: 'PROVISIONED' | 'ON_DEMAND'
  shards: number
  retentionHours: number
  /** The largest record with its key, KiB. */
  largestKiB: number
  tags: Readonly<Record<string, string>>
}

/** A record as it was put. All of it is JSON. */
export interface KinesisRecord {
  sequenceNumber: string
  /** Milliseconds since the epoch. */
  arrivedAt: number
  partitionKey: string
  /** Base64. */
  data: string
}

/** Records that were put within a second. */
interface Load {
  /** Whole seconds since the epoch. */
  second: number
  bytes: number
  records: number
}

/** One shard: a range of hash keys with its records. */
export interface Shard {
  id: string
  index: number
  log: ShardLog<KinesisRecord>
  load: Load
}

/** A stream with its records. */
export interface OpenStream {
  stream: KinesisStream
  readonly shards: readonly Shard[]
  /** Records and bytes since Kinesis told of them last. */
  incoming: { records: number; bytes: number }
  /** The age of the oldest record that somebody got since then, milliseconds. */
  iteratorAge: number | undefined
}

export function open(stream: KinesisStream): OpenStream {
  const shards = Array.from(
    { length: stream.shards },
    (_, index): Shard => ({
      id: shardId(index),
      index,
      log: new ShardLog(),
      load: { second: 0, bytes: 0, records: 0 },
    }),
  )
  return { stream, shards, incoming: { records: 0, bytes: 0 }, iteratorAge: undefined }
}

export function streamArn({
  region,
  account,
  name,
}: Pick<KinesisStream, 'region' | 'account' | 'name'>): string {
  return `arn:${partitionOf(region)}:kinesis:${region}:${account}:stream/${name}`
}

function shardId(index: number): string {
  return `shardId-${String(index).padStart(12, '0')}`
}

/** Records that came before this time are trimmed, milliseconds since the epoch. */
export function trimHorizon({ retentionHours }: KinesisStream, now: number): number {
  return now - retentionHours * 3_600_000
}
