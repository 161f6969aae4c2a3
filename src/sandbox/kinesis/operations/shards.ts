import type { ListShardsInput, ListShardsOutput, Shard } from '@aws-sdk/client-kinesis'
import { accepting } from '../../protocol/accepting.ts'
import { pageOf } from '../../protocol/paging.ts'
import type { Operations } from '../../protocol/service.ts'
import { invalidArgument } from '../storage/errors.ts'
import { hashKeyRange } from '../storage/hash-keys.ts'
import { sequenceNumber } from '../storage/sequence-numbers.ts'
import type { KinesisStore } from '../storage/store.ts'
import type { OpenStream } from '../storage/stream.ts'
import { type Named, naming, requestedStream } from './requested-stream.ts'

const mostListed = 1000

export function shardOperations(store: KinesisStore): Operations {
  return {
    ListShards: accepting<ListShardsInput>(
      [...naming, 'NextToken', 'ExclusiveStartShardId', 'MaxResults', 'ShardFilter'],
      (input, call): ListShardsOutput => {
        const { MaxResults: size = mostListed } = input
        const { name, token } = asked(input)
        const found = requestedStream(store, call, name)
        const start = input.ShardFilter?.Type === 'AFTER_SHARD_ID' ? input.ShardFilter.ShardId : undefined
        const shards = shardsFrom(found, input.ExclusiveStartShardId ?? start)
        const { items, next } = pageOf(shards, ({ ShardId = '' }) => ShardId, { size, token, invalidToken })
        return { Shards: items, NextToken: next && `${found.stream.name}/${next}` }
      },
    ),
  }
}

/** The token of a page names its stream, so that a request has one of both. @throws ServiceError 400 */
function asked({ NextToken, ...named }: ListShardsInput): { name: Named; token: string | undefined } {
  if (NextToken === undefined) return { name: named, token: undefined }
  if (named.StreamName !== undefined) {
    throw invalidArgument('NextToken and StreamName cannot be provided together.')
  }
  const [StreamName, token] = NextToken.split('/')
  return { name: named.StreamARN === undefined ? { StreamName } : named, token }
}

/** 400: a token that is no page's. */
export function invalidToken(): Error {
  return invalidArgument('NextToken is invalid.')
}

/** The shards of a stream behind one of them. All are open, and cover all hash keys. */
export function shardsFrom({ stream, shards }: OpenStream, after = ''): Shard[] {
  return shards
    .filter(({ id }) => id > after)
    .map(({ id, index }) => {
      const { from, to } = hashKeyRange(index, stream.shards)
      const started = BigInt(stream.created) * 1_000_000n + 100_000_000_000_000_000_000n
      return {
        ShardId: id,
        HashKeyRange: { StartingHashKey: String(from), EndingHashKey: String(to) },
        SequenceNumberRange: { StartingSequenceNumber: sequenceNumber(String(started), index) },
      }
    })
}
