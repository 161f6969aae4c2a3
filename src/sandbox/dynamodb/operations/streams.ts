import type {
  _Record,
  DescribeStreamInput,
  DescribeStreamOutput,
  GetRecordsInput,
  GetRecordsOutput,
  GetShardIteratorInput,
  GetShardIteratorOutput,
  ListStreamsInput,
  ListStreamsOutput,
  Shard,
} from '@aws-sdk/client-dynamodb-streams'
import type { Call, Operations } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import { dynamoDbItself, imagesOf } from '../streams/change-event.ts'
import type { StreamStore } from '../streams/stream-store.ts'
import type { ChangeRecord, OpenStream, TableStream } from '../streams/table-stream.ts'
import type { TablesContext } from './context.ts'
import { notFound, validation } from './errors.ts'
import { readIterator, writeIterator } from './iterators.ts'
import { fromJson } from './json.ts'

/** One answer has so many records, and so many bytes of them. */
const mostRecords = 1000
const mostBytes = 1_048_576
/** One answer names so many streams. */
const mostStreams = 100
/** An iterator can be used for so long, milliseconds. */
const iteratorMs = 900_000

/** The operations of DynamoDB Streams. */
export function streamOperations({ streams, clock }: TablesContext): Operations {
  return {
    ListStreams: (input: ListStreamsInput, call): ListStreamsOutput => list(streams, input, call),
    DescribeStream(input: DescribeStreamInput, call): DescribeStreamOutput {
      return { StreamDescription: described(requested(streams, input, call), input) }
    },
    GetShardIterator(input: GetShardIteratorInput, call): GetShardIteratorOutput {
      const { stream, shard } = requested(streams, input, call)
      const { StreamArn = '', ShardId } = input
      if (ShardId !== shard.id) throw notFound(`Shard: ${ShardId} in stream: ${StreamArn} not found`)
      const position = positionIn({ stream, shard }, input)
      return { ShardIterator: writeIterator(StreamArn, { stream: stream.id, position, at: clock() }) }
    },
    GetRecords: (input: GetRecordsInput): GetRecordsOutput => getRecords(streams, input, clock()),
  }
}

function list(
  streams: StreamStore,
  { TableName: table, Limit: limit = mostStreams, ExclusiveStartStreamArn: after = '' }: ListStreamsInput,
  { region }: Call,
): ListStreamsOutput {
  const found = streams
    .in(region)
    .map(({ stream }) => stream)
    .filter((stream) => (table === undefined || stream.table === table) && stream.arn > after)
  const page = found.slice(0, Math.min(limit, mostStreams))
  const isLast = page.length === found.length
  return {
    Streams: page.map((stream) => ({
      StreamArn: stream.arn,
      TableName: stream.table,
      StreamLabel: stream.label,
    })),
    ...(!isLast && { LastEvaluatedStreamArn: page.at(-1)?.arn }),
  }
}

/** @throws ServiceError 400 */
function requested(
  streams: StreamStore,
  { StreamArn = '' }: { StreamArn?: string | undefined },
  { region }: Call,
): OpenStream {
  const found = streams.byArn(StreamArn)
  if (found?.stream.region !== region || !found) throw notFound(`Stream: ${StreamArn} not found`)
  return found
}

function described(
  { stream, shard }: OpenStream,
  { ExclusiveStartShardId: after = '', ShardFilter: filter }: DescribeStreamInput,
): DescribeStreamOutput['StreamDescription'] {
  const isDisabled = stream.disabled !== undefined
  const only: Shard = {
    ShardId: shard.id,
    SequenceNumberRange: {
      StartingSequenceNumber: stream.start,
      ...(isDisabled && { EndingSequenceNumber: lastOf({ stream, shard }) }),
    },
  }
  return {
    StreamArn: stream.arn,
    StreamLabel: stream.label,
    StreamStatus: isDisabled ? 'DISABLED' : 'ENABLED',
    StreamViewType: stream.viewType,
    CreationRequestDateTime: new Date(stream.created),
    TableName: stream.table,
    KeySchema: stream.keySchema,
    // Its shard has no successor.
    Shards: shard.id > after && filter === undefined ? [only] : [],
  }
}

function lastOf({ stream, shard }: OpenStream): string {
  return shard.log.last === '0' ? stream.start : shard.log.last
}

/** @throws ServiceError 400 */
function positionIn(
  { shard }: OpenStream,
  { ShardIteratorType: type, SequenceNumber: number }: GetShardIteratorInput,
): string {
  if (type === 'TRIM_HORIZON' || type === 'LATEST') return shard.log.position({ type })
  if (number === undefined || !/^\d+$/.test(number))
    throw validation(`The ShardIteratorType ${type} needs a SequenceNumber`)
  return type === 'AFTER_SEQUENCE_NUMBER' ? number : String(BigInt(number) - 1n)
}

/** @throws ServiceError 400 */
function getRecords(
  streams: StreamStore,
  { ShardIterator = '', Limit: limit = mostRecords }: GetRecordsInput,
  now: number,
): GetRecordsOutput {
  const iterator = readIterator(ShardIterator)
  const opened = iterator && streams.byId(iterator.stream)
  if (!iterator) throw validation('Invalid ShardIterator')
  if (!opened) throw notFound('the stream of the ShardIterator is gone')
  if (now - iterator.at > iteratorMs)
    throw new ServiceError('ExpiredIteratorException', 400, 'Shard iterator has expired')
  streams.trimOne(opened)
  const { stream, shard } = opened
  const records = withinBytes(shard.log.after(iterator.position, Math.min(limit, mostRecords)))
  const position = records.at(-1)?.sequenceNumber ?? iterator.position
  // A shard that has ended has no next iterator behind its last record.
  const isEnd = stream.disabled !== undefined && shard.log.after(position, 1).length === 0
  return {
    Records: records.map((record) => seen(stream, record)),
    ...(!isEnd && { NextShardIterator: writeIterator(stream.arn, { ...iterator, position, at: now }) }),
  }
}

/** The first ones of records that an answer has room for, at least one. */
function withinBytes(records: readonly ChangeRecord[]): readonly ChangeRecord[] {
  let bytes = 0
  const tooMany = records.findIndex(({ size }) => {
    bytes += size
    return bytes > mostBytes
  })
  return tooMany === -1 ? records : records.slice(0, Math.max(1, tooMany))
}

function seen({ region, viewType }: TableStream, record: ChangeRecord): _Record {
  return {
    eventID: record.eventId,
    eventName: record.eventName,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    dynamodb: {
      ApproximateCreationDateTime: new Date(Math.floor(record.arrivedAt / 1000) * 1000),
      ...fromJson(imagesOf(record)),
      SequenceNumber: record.sequenceNumber,
      SizeBytes: record.size,
      StreamViewType: viewType,
    },
    ...(record.isExpiry && {
      userIdentity: { Type: dynamoDbItself.type, PrincipalId: dynamoDbItself.principalId },
    }),
  }
}
