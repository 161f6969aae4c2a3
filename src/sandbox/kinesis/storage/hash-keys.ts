import { createHash } from 'node:crypto'

/** Hash keys are numbers of 128 bits. */
export const hashKeys = 2n ** 128n

/** The hash key of a partition key. */
export function hashKeyOf(partitionKey: string): bigint {
  return BigInt(`0x${createHash('md5').update(partitionKey).digest('hex')}`)
}

/** The range of hash keys of a shard; the shards of a stream divide all keys evenly. */
export function hashKeyRange(index: number, shards: number): { from: bigint; to: bigint } {
  const width = hashKeys / BigInt(shards)
  const isLast = index === shards - 1
  return { from: width * BigInt(index), to: isLast ? hashKeys - 1n : width * BigInt(index + 1) - 1n }
}

/** The index of the shard for a hash key. */
export function shardFor(hashKey: bigint, shards: number): number {
  return Math.min(Number(hashKey / (hashKeys / BigInt(shards))), shards - 1)
}
