/** A record of a stream, as its readers in the sandbox see it. */
export interface StreamRecord {
  /** Decimal; in a shard each is larger than those before it, and none is used twice, even after a restart. */
  sequenceNumber: string
  /** When the stream got it, milliseconds since the epoch. */
  arrivedAt: number
  /** Records with the same key are handled in their order, also when a shard has several batches at a time. */
  partitionKey: string
  /** The record in Lambda's events, except for the members that depend on the function's role. */
  event: StreamEvent
}

/** The members of a record in an event that readers of the sandbox know. All of it is JSON. */
interface StreamEvent {
  eventSource: 'aws:kinesis' | 'aws:dynamodb'
  eventSourceARN: string
  [member: string]: unknown
}

/** A stream that is there. */
interface FoundStream {
  /** A stream that is made again under its ARN has another one. */
  id: string
  /** The ids of its shards; they stay as they are. */
  shards: readonly string[]
}

/** The start of a reader who has read nothing yet. */
export type StartingPoint =
  | { type: 'TRIM_HORIZON' }
  | { type: 'LATEST' }
  /** Milliseconds since the epoch. */
  | { type: 'AT_TIMESTAMP'; time: number }

/** A shard of a stream. */
export interface ShardPlace {
  arn: string
  shard: string
}

/**
 * Streams for other services of the sandbox, each by its ARN. A position in a shard is the sequence number of the last
 * record that its reader has passed; `0` is before all of them. It stays valid when that record is trimmed.
 */
export interface StreamReader {
  /** Undefined if there is no such stream. */
  find(arn: string): FoundStream | undefined
  /** Whether a Region has a stream of this service. */
  hasAny(region: string): boolean
  /** The position of a starting point; `0` if there is no such shard. */
  position(place: ShardPlace, start: StartingPoint): string
  /** At most so many records behind a position, in their order, without those that are too old; none if it is gone. */
  read(place: ShardPlace, after: string, most: number): StreamRecord[]
  /**
   * Waits until a shard may have a record behind a position, or until the stream is gone, at most so many milliseconds
   * of the sandbox's time. For a stream that is not there it waits a second, since somebody may make it.
   */
  untilRecord(place: ShardPlace, after: string, ms: number): Promise<void>
  /**
   * Sends one event into a stream, and returns what its source got; undefined if there is no such stream.
   *
   * @param content of the record, or the item of a table as JSON
   * @throws LambdactlError USAGE for content that its source does not take
   */
  feed?(arn: string, content: string): Promise<object | undefined>
}

/** An account without streams. */
const noStreams: StreamReader = {
  find: () => undefined,
  hasAny: () => false,
  position: () => '0',
  read: () => [],
  // Nobody can make one either.
  untilRecord: () => new Promise<never>(() => undefined),
}

/** Readers by the service in the ARN of a stream, such as `kinesis`. */
export type StreamReaders = Readonly<Partial<Record<'kinesis' | 'dynamodb', StreamReader>>>

/** The reader of the service that an ARN names. */
export function readerFor(readers: StreamReaders, arn: string): StreamReader {
  const service = arn.split(':')[2]
  return (service === 'kinesis' || service === 'dynamodb' ? readers[service] : undefined) ?? noStreams
}

/** A reader that is asked for with each call, since its service may be replaced by an empty one. */
export function streamsOf(reader: () => StreamReader): StreamReader {
  return {
    find: (...asked) => reader().find(...asked),
    hasAny: (...asked) => reader().hasAny(...asked),
    position: (...asked) => reader().position(...asked),
    read: (...asked) => reader().read(...asked),
    untilRecord: (...asked) => reader().untilRecord(...asked),
    feed: async (...asked) => await reader().feed?.(...asked),
  }
}
