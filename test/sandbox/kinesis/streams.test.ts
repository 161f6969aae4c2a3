import {
  AddTagsToStreamCommand,
  CreateStreamCommand,
  DecreaseStreamRetentionPeriodCommand,
  DeleteStreamCommand,
  DescribeStreamCommand,
  DescribeStreamSummaryCommand,
  IncreaseStreamRetentionPeriodCommand,
  ListShardsCommand,
  ListStreamsCommand,
  ListTagsForResourceCommand,
  ListTagsForStreamCommand,
  RemoveTagsFromStreamCommand,
  SplitShardCommand,
  TagResourceCommand,
  UntagResourceCommand,
  waitUntilStreamExists,
} from '@aws-sdk/client-kinesis'
import { expect, test } from 'vitest'
import { account, useStreams } from './running-streams.ts'

const streams = useStreams()
const arnOf = (name: string) => `arn:aws:kinesis:eu-west-1:${account}:stream/${name}`

test('a provisioned stream is made, waited for and described, and its shards divide all hash keys', async () => {
  const { client, make } = streams()
  const StreamName = await make({ ShardCount: 3 })
  await waitUntilStreamExists({ client, maxWaitTime: 20 }, { StreamName })
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamName }))
  expect(StreamDescription).toMatchObject({
    StreamARN: arnOf(StreamName),
    StreamStatus: 'ACTIVE',
    StreamModeDetails: { StreamMode: 'PROVISIONED' },
    RetentionPeriodHours: 24,
    HasMoreShards: false,
    EncryptionType: 'NONE',
  })
  const shards = StreamDescription?.Shards ?? []
  expect(shards.map(({ ShardId }) => ShardId)).toEqual([0, 1, 2].map((each) => `shardId-00000000000${each}`))
  expect(shards.map(({ HashKeyRange: range }) => [range?.StartingHashKey, range?.EndingHashKey])).toEqual([
    ['0', '113427455640312821154458202477256070484'],
    ['113427455640312821154458202477256070485', '226854911280625642308916404954512140969'],
    ['226854911280625642308916404954512140970', '340282366920938463463374607431768211455'],
  ])
})

test('a stream on demand has four shards, listed in pages', async () => {
  const { client, make } = streams()
  const StreamName = await make({ StreamModeDetails: { StreamMode: 'ON_DEMAND' } })
  const { StreamDescriptionSummary: found } = await client.send(
    new DescribeStreamSummaryCommand({ StreamARN: arnOf(StreamName) }),
  )
  expect([found?.OpenShardCount, found?.StreamModeDetails?.StreamMode]).toEqual([4, 'ON_DEMAND'])
  const first = await client.send(new ListShardsCommand({ StreamName, MaxResults: 3 }))
  const rest = await client.send(new ListShardsCommand({ NextToken: first.NextToken }))
  expect([first.Shards?.length, rest.Shards?.length, rest.NextToken]).toEqual([3, 1, undefined])
})

test('streams are listed in pages, and a deleted one is gone', async () => {
  const { client, make } = streams()
  const names = [await make(), await make()]
  const { StreamNames = [], HasMoreStreams } = await client.send(new ListStreamsCommand({}))
  expect(StreamNames).toEqual(expect.arrayContaining(names))
  expect(HasMoreStreams).toBe(false)
  const page = await client.send(new ListStreamsCommand({ Limit: 1 }))
  expect([page.StreamNames, page.HasMoreStreams]).toEqual([StreamNames.slice(0, 1), true])
  const StreamName = names[0]
  await client.send(new DeleteStreamCommand({ StreamName }))
  await expect(client.send(new DescribeStreamCommand({ StreamName }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: `Stream ${StreamName} under account ${account} not found.`,
  })
})

test('tags are added and removed by name and by ARN', async () => {
  const { client, make } = streams()
  const StreamName = await make({ Tags: { team: 'shop' } })
  const ResourceARN = arnOf(StreamName)
  await client.send(new AddTagsToStreamCommand({ StreamName, Tags: { stage: 'test' } }))
  await client.send(new TagResourceCommand({ ResourceARN, Tags: { cost: '7' } }))
  await client.send(new RemoveTagsFromStreamCommand({ StreamName, TagKeys: ['team'] }))
  const { Tags } = await client.send(new ListTagsForStreamCommand({ StreamName }))
  expect(Tags).toEqual([
    { Key: 'cost', Value: '7' },
    { Key: 'stage', Value: 'test' },
  ])
  await client.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['cost'] }))
  expect((await client.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags).toHaveLength(1)
})

test('the retention period grows and shrinks within bounds, each by its own operation', async () => {
  const { client, make } = streams()
  const StreamName = await make()
  await client.send(new IncreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 48 }))
  await expect(
    client.send(new IncreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 24 })),
  ).rejects.toThrow(/can not be shorter than existing retention period \(48 hours\)/)
  await expect(
    client.send(new DecreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 72 })),
  ).rejects.toThrow(/can not be longer than existing retention period \(48 hours\)/)
  await client.send(new DecreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 24 }))
  await expect(
    client.send(new DecreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 12 })),
  ).rejects.toThrow('Minimum allowed retention period is 24 hours.')
})

test.each([
  [{ StreamName: 'a b', ShardCount: 1 }, 'ValidationException', /'streamName' failed to satisfy constraint/],
  [{ StreamName: 'bare' }, 'InvalidArgumentException', /ShardCount must be provided/],
  [{ StreamName: 'huge', ShardCount: 501 }, 'LimitExceededException', /exceed the shard limit/],
])('%j is refused', async (input, name, message) => {
  await expect(streams().client.send(new CreateStreamCommand(input))).rejects.toMatchObject({
    name,
    message: expect.stringMatching(message) as string,
  })
})

test('a name is used once, and an operation that the sandbox does not have is refused by its name', async () => {
  const { client, make } = streams()
  const StreamName = await make()
  await expect(make({ StreamName })).rejects.toMatchObject({ name: 'ResourceInUseException' })
  const split = { StreamName, ShardToSplit: 'shardId-000000000000', NewStartingHashKey: '1' }
  await expect(client.send(new SplitShardCommand(split))).rejects.toMatchObject({
    message: 'The sandbox does not have kinesis:SplitShard.',
  })
})
