import type {
  PutRecordInput,
  PutRecordOutput,
  PutRecordsInput,
  PutRecordsOutput,
  PutRecordsRequestEntry,
  PutRecordsResultEntry,
} from '@aws-sdk/client-kinesis'
import { accepting } from '../../protocol/accepting.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import { brokenRule, ServiceError } from '../../protocol/service-error.ts'
import { invalidArgument, validation } from '../storage/errors.ts'
import { hashKeyOf, hashKeys, shardFor } from '../storage/hash-keys.ts'
import type { KinesisStore } from '../storage/store.ts'
import type { OpenStream, Shard } from '../storage/stream.ts'
import { naming, requestedStream } from './requested-stream.ts'

/** A shard of a provisioned stream takes so much in a second. */
const eachSecond = { bytes: 1_048_576, records: 1000 }
/** The records of one request with their keys, bytes. */
const largestRequest = 10 * 1_048_576

export function putOperations(store: KinesisStore, clock: () => number): Operations {
  return {
    PutRecord: accepting<PutRecordInput>(
      [...naming, 'Data', 'PartitionKey', 'ExplicitHashKey', 'SequenceNumberForOrdering'],
      (input, call): PutRecordOutput => {
        const opened = requestedStream(store, call, input)
        const shard = checkedShard(opened, input)
        return { ...put(store, { opened, shard, call, now: clock() }, input), EncryptionType: 'NONE' }
      },
    ),
    PutRecords: accepting<PutRecordsInput>([...naming, 'Records'], (input, call) =>
      putAll(store, input, call, clock()),
    ),
  }
}

/** Records that a shard has no room for now fail alone; a wrong one fails the request. */
function putAll(store: KinesisStore, input: PutRecordsInput, call: Call, now: number): PutRecordsOutput {
  const opened = requestedStream(store, call, input)
  const entries = (input.Records ?? []).map((entry) => ({ entry, shard: checkedShard(opened, entry) }))
  const bytes = entries.reduce((sum, { entry }) => sum + sizeOf(entry), 0)
  if (bytes > largestRequest) throw invalidArgument('Records size exceeds 10 MB limit')
  const Records = entries.map(({ entry, shard }): PutRecordsResultEntry => {
    try {
      return put(store, { opened, shard, call, now }, entry)
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      return { ErrorCode: error.code, ErrorMessage: error.message }
    }
  })
  const FailedRecordCount = Records.filter(({ ErrorCode }) => ErrorCode !== undefined).length
  return { FailedRecordCount, Records, EncryptionType: 'NONE' }
}

/** The shard for a record, by its hash key. @throws ServiceError 400 */
function checkedShard({ stream, shards }: OpenStream, entry: PutRecordsRequestEntry): Shard {
  const { ExplicitHashKey: explicit, PartitionKey = '', Data } = entry
  const most = stream.largestKiB * 1024
  if ((Data?.byteLength ?? 0) > most) {
    const rule = `Member must have length less than or equal to ${most}`
    throw validation(brokenRule('data', rule))
  }
  const key = explicit === undefined ? hashKeyOf(PartitionKey) : BigInt(explicit)
  if (key >= hashKeys) {
    throw invalidArgument(
      `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${explicit}`,
    )
  }
  return shards[shardFor(key, stream.shards)] as Shard
}

interface Target {
  opened: OpenStream
  shard: Shard
  call: Call
  now: number
}

/** @throws ServiceError 400 if the shard has taken enough in this second */
function put(
  store: KinesisStore,
  { opened, shard, call, now }: Target,
  entry: PutRecordsRequestEntry,
): { ShardId: string; SequenceNumber: string } {
  const { stream, incoming } = opened
  const bytes = sizeOf(entry)
  if (stream.mode === 'PROVISIONED' && !hasRoom(shard, bytes, now)) {
    throw new ServiceError(
      'ProvisionedThroughputExceededException',
      400,
      `Rate exceeded for shard ${shard.id} in stream ${stream.name} under account ${call.account}.`,
    )
  }
  const { PartitionKey: partitionKey = '', Data: data = new Uint8Array() } = entry
  const SequenceNumber = store.put(opened, shard, { partitionKey, data })
  incoming.records += 1
  incoming.bytes += bytes
  return { ShardId: shard.id, SequenceNumber }
}

/** Counts a record towards its shard's limits of a second, if there is room. */
function hasRoom({ load }: Shard, bytes: number, now: number): boolean {
  const second = Math.floor(now / 1000)
  if (load.second !== second) Object.assign(load, { second, bytes: 0, records: 0 })
  const isFull =
    load.records >= eachSecond.records || (load.records > 0 && load.bytes + bytes > eachSecond.bytes)
  if (isFull) return false
  load.records += 1
  load.bytes += bytes
  return true
}

/** Bytes. */
function sizeOf({ Data, PartitionKey = '' }: PutRecordsRequestEntry): number {
  return (Data?.byteLength ?? 0) + Buffer.byteLength(PartitionKey)
}
