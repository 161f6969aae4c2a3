import type {
  GetRecordsInput,
  GetRecordsOutput,
  GetShardIteratorInput,
  GetShardIteratorOutput,
} from '@aws-sdk/client-kinesis'
import { accepting } from '../../protocol/accepting.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import { invalidArgument, noShard } from '../storage/errors.ts'
import { noteRead } from '../storage/reads.ts'
import { partsOf } from '../storage/sequence-numbers.ts'
import type { KinesisStore } from '../storage/store.ts'
import type { KinesisRecord, OpenStream, Shard } from '../storage/stream.ts'
import { type Iterator, readIterator, writeIterator } from './iterators.ts'
import { naming, requestedStream } from './requested-stream.ts'

/** One answer has so many records, and so many bytes of data. */
const mostRecords = 10_000
const mostBytes = 10 * 1_048_576
/** An iterator can be used for so long, milliseconds. */
const iteratorMs = 300_000

export function getOperations(store: KinesisStore, clock: () => number): Operations {
  return {
    GetShardIterator: accepting<GetShardIteratorInput>(
      [...naming, 'ShardId', 'ShardIteratorType', 'StartingSequenceNumber', 'Timestamp'],
      (input, call): GetShardIteratorOutput => {
        const opened = requestedStream(store, call, input)
        const { id: stream } = opened.stream
        const shard = shardOf(opened, input.ShardId, call)
        const position = positionFor(opened, shard, input)
        return { ShardIterator: writeIterator({ stream, shard: shard.index, position, at: clock() }) }
      },
    ),
    GetRecords: accepting<GetRecordsInput>(
      ['ShardIterator', 'Limit', 'StreamARN'],
      (input, call): GetRecordsOutput => getRecords(store, input, call, clock()),
    ),
  }
}

function getRecords(
  store: KinesisStore,
  { ShardIterator = '', Limit: most = mostRecords }: GetRecordsInput,
  { region }: Call,
  now: number,
): GetRecordsOutput {
  const iterator = readIterator(ShardIterator)
  const opened = store.in(region).find(({ stream }) => stream.id === iterator?.stream)
  const shard = opened?.shards[iterator?.shard ?? -1]
  if (!iterator || !opened || !shard) throw invalidArgument('Invalid ShardIterator.')
  checkAge(iterator, now)
  store.trim(opened)
  const records = withinBytes(shard.log.after(iterator.position, most))
  const position = records.at(-1)?.sequenceNumber ?? iterator.position
  return {
    Records: records.map((record) => ({
      SequenceNumber: record.sequenceNumber,
      ApproximateArrivalTimestamp: new Date(record.arrivedAt),
      Data: Buffer.from(record.data, 'base64'),
      PartitionKey: record.partitionKey,
      EncryptionType: 'NONE',
    })),
    NextShardIterator: writeIterator({ ...iterator, position, at: now }),
    MillisBehindLatest: noteRead(opened, shard, { records, now }),
  }
}

/** @throws ServiceError 400 for an iterator that is too old */
function checkAge({ at }: Iterator, now: number): void {
  if (now - at <= iteratorMs) return
  throw new ServiceError(
    'ExpiredIteratorException',
    400,
    `Iterator expired. The iterator was created at time ${javaTime(at)} while right now it is ${javaTime(now)} which is further in the future than the tolerated delay of ${iteratorMs} milliseconds.`,
  )
}

/** A time as in `Sat Nov 28 08:00:00 UTC 2026`. */
function javaTime(time: number): string {
  const [weekday = '', day, month, year, clock] = new Date(time).toUTCString().split(' ')
  return `${weekday.replace(',', '')} ${month} ${day} ${clock} UTC ${year}`
}

/** The first ones of records that an answer has room for, at least one. */
function withinBytes(records: readonly KinesisRecord[]): readonly KinesisRecord[] {
  let bytes = 0
  const tooMany = records.findIndex(({ data }) => {
    bytes += (data.length * 3) / 4
    return bytes > mostBytes
  })
  return tooMany === -1 ? records : records.slice(0, Math.max(1, tooMany))
}

/** Kinesis takes a number for a shard too. @throws ServiceError 400 */
function shardOf({ stream, shards }: OpenStream, asked = '', { account }: Call): Shard {
  const index = /^(?:shardId-)?(\d+)$/.exec(asked)?.[1]
  const found = index === undefined ? undefined : shards[Number(index)]
  if (!found) throw noShard(asked, stream.name, account)
  return found
}

function positionFor(
  { stream }: OpenStream,
  shard: Shard,
  { ShardIteratorType: type, StartingSequenceNumber: number, Timestamp: timestamp }: GetShardIteratorInput,
): string {
  if (type === 'AT_TIMESTAMP') {
    if (timestamp) return shard.log.position({ type, time: timestamp.getTime() })
    throw invalidArgument(
      'Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp parameter.',
    )
  }
  const isNumbered = type === 'AT_SEQUENCE_NUMBER' || type === 'AFTER_SEQUENCE_NUMBER'
  if (isNumbered !== (number !== undefined)) {
    throw invalidArgument(
      `Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified ${type} and ${number === undefined ? 'no' : 'also a'} StartingSequenceNumber.`,
    )
  }
  if (number === undefined) return shard.log.position({ type: type === 'LATEST' ? 'LATEST' : 'TRIM_HORIZON' })
  if (partsOf(number)?.shard !== shard.index) {
    throw invalidArgument(
      `StartingSequenceNumber ${number} used in GetShardIterator on shard ${shard.id} in stream ${stream.name} under account ${stream.account} is invalid.`,
    )
  }
  return type === 'AFTER_SEQUENCE_NUMBER' ? number : String(BigInt(number) - 1n)
}
