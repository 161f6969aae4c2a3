import type {
  CreateStreamInput,
  DescribeStreamInput,
  DescribeStreamOutput,
  DescribeStreamSummaryInput,
  DescribeStreamSummaryOutput,
  ListStreamsInput,
  ListStreamsOutput,
} from '@aws-sdk/client-kinesis'
import { accepting } from '../../protocol/accepting.ts'
import { pageOf } from '../../protocol/paging.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import { inUse, invalidArgument, limitExceeded } from '../storage/errors.ts'
import type { KinesisStore } from '../storage/store.ts'
import { type KinesisStream, type OpenStream, streamArn } from '../storage/stream.ts'
import { naming, requestedStream } from './requested-stream.ts'
import { invalidToken, shardsFrom } from './shards.ts'
import { checkTags } from './tags.ts'

/** An on-demand stream begins with so many shards. */
const onDemandShards = 4
/** Kinesis's quota of shards in most Regions. */
const mostShards = 500
const usual = { retentionHours: 24, largestKiB: 1024 }

export function streamOperations(store: KinesisStore, clock: () => number): Operations {
  return {
    CreateStream: accepting<CreateStreamInput>(
      ['StreamName', 'ShardCount', 'StreamModeDetails', 'Tags', 'MaxRecordSizeInKiB'],
      (input, call) => create(store, input, call, clock()),
    ),
    DeleteStream: accepting([...naming, 'EnforceConsumerDeletion'], (input, call) => {
      store.delete(requestedStream(store, call, input))
      return {}
    }),
    DescribeStream: accepting<DescribeStreamInput>(
      [...naming, 'Limit', 'ExclusiveStartShardId'],
      (input, call): DescribeStreamOutput => {
        const found = requestedStream(store, call, input)
        const { Limit: most = 100, ExclusiveStartShardId: after } = input
        const shards = shardsFrom(found, after)
        return {
          StreamDescription: {
            ...described(found),
            Shards: shards.slice(0, most),
            HasMoreShards: shards.length > most,
          },
        }
      },
    ),
    DescribeStreamSummary: accepting<DescribeStreamSummaryInput>(
      naming,
      (input, call): DescribeStreamSummaryOutput => {
        const found = requestedStream(store, call, input)
        const { shards, largestKiB } = found.stream
        return {
          StreamDescriptionSummary: {
            ...described(found),
            OpenShardCount: shards,
            ConsumerCount: 0,
            MaxRecordSizeInKiB: largestKiB,
          },
        }
      },
    ),
    ListStreams: (input: ListStreamsInput, call): ListStreamsOutput => list(store, input, call),
  }
}

function create(
  store: KinesisStore,
  {
    StreamName: name = '',
    ShardCount: count,
    StreamModeDetails,
    Tags = {},
    MaxRecordSizeInKiB,
  }: CreateStreamInput,
  { region, account }: Call,
  now: number,
): object {
  const mode = StreamModeDetails?.StreamMode ?? 'PROVISIONED'
  // Kinesis's own texts for these two are unknown.
  if (mode === 'PROVISIONED' && count === undefined) {
    throw invalidArgument('ShardCount must be provided for a stream in PROVISIONED mode.')
  }
  if (mode === 'ON_DEMAND' && count !== undefined) {
    throw invalidArgument('ShardCount must not be provided for a stream in ON_DEMAND mode.')
  }
  if (store.find(region, name)) throw inUse(`Stream ${name} under account ${account} already exists.`)
  const shards = count ?? onDemandShards
  const present = store.in(region).reduce((sum, { stream }) => sum + stream.shards, 0)
  if (present + shards > mostShards) {
    throw limitExceeded(
      `This request would exceed the shard limit for the account ${account} in ${region}. Current shard count for the account: ${present}. Limit: ${mostShards}. Number of additional shards that would have resulted from this request: ${shards}. Refer to the AWS Service Limits page (https://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for current limits and how to request higher limits.`,
    )
  }
  checkTags(Tags)
  const largestKiB = MaxRecordSizeInKiB ?? usual.largestKiB
  store.make({ ...usual, name, region, account, created: now, mode, shards, largestKiB, tags: { ...Tags } })
  return {}
}

function described({ stream }: OpenStream) {
  return {
    ...summary(stream),
    RetentionPeriodHours: stream.retentionHours,
    EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
    EncryptionType: 'NONE' as const,
  }
}

function summary(stream: KinesisStream) {
  return {
    StreamName: stream.name,
    StreamARN: streamArn(stream),
    StreamStatus: 'ACTIVE' as const,
    StreamModeDetails: { StreamMode: stream.mode },
    StreamCreationTimestamp: new Date(stream.created),
  }
}

function list(
  store: KinesisStore,
  { Limit: size = 100, ExclusiveStartStreamName: after = '', NextToken: token }: ListStreamsInput,
  { region }: Call,
): ListStreamsOutput {
  const found = store.in(region).filter(({ stream }) => stream.name > after)
  const { items, next } = pageOf(found, ({ stream }) => stream.name, { size, token, invalidToken })
  return {
    StreamNames: items.map(({ stream }) => stream.name),
    StreamSummaries: items.map(({ stream }) => summary(stream)),
    HasMoreStreams: next !== undefined,
    NextToken: next,
  }
}
