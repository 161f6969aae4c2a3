import type { KeySchemaElement, StreamViewType } from '@aws-sdk/client-dynamodb'
import { type Sequenced, ShardLog } from '../../streams/shard-log.ts'

/** Attributes in DynamoDB's JSON: bytes are in Base64. */
export type Attributes = Readonly<Record<string, unknown>>

/** The stream of a table. All of it is JSON. */
export interface TableStream {
  id: string
  arn: string
  /** The time of its making as text, unique within its table. */
  label: string
  region: string
  table: string
  /** A table that is made again under its name has another one. */
  tableId: string
  viewType: StreamViewType
  keySchema: KeySchemaElement[]
  /** Milliseconds since the epoch. */
  created: number
  /** The sequence number before that of its first record. */
  start: string
  /** When it got its last record at the latest, milliseconds since the epoch; absent while it is enabled. */
  disabled?: number
}

/** A record of a change. All of it is JSON. */
export interface ChangeRecord extends Sequenced {
  eventId: string
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE'
  keys: Attributes
  newImage?: Attributes
  oldImage?: Attributes
  /** The size of the keys and images, bytes. */
  size: number
  /** DynamoDB has deleted the item at the end of its time to live. */
  isExpiry?: boolean
}

/** A stream with its records. It has one shard, which ends when the stream is disabled. */
export interface OpenStream {
  stream: TableStream
  readonly shard: { readonly id: string; readonly log: ShardLog<ChangeRecord> }
}

/** A stream keeps its records so long, and stays so long after it is disabled, milliseconds. */
export const retentionMs = 86_400_000

export function open(stream: TableStream): OpenStream {
  const time = String(stream.created).padStart(20, '0')
  return { stream, shard: { id: `shardId-${time}-${stream.id.slice(0, 8)}`, log: new ShardLog() } }
}
