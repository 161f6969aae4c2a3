import { PutRecordsCommand } from '@aws-sdk/client-kinesis'
import { expect, test } from 'vitest'
import { contents, useStreams } from './running-streams.ts'

const streams = useStreams()

test('a record goes to the shard of the hash of its key, or of the hash key that it names', async () => {
  const { make, put } = streams()
  const name = await make({ ShardCount: 2 })
  // Their MD5 digests begin with 0c and 92.
  expect((await put(name, 'x', { PartitionKey: 'a' })).ShardId).toBe('shardId-000000000000')
  expect((await put(name, 'x', { PartitionKey: 'b' })).ShardId).toBe('shardId-000000000001')
  const last = String(2n ** 128n - 1n)
  expect((await put(name, 'x', { PartitionKey: 'a', ExplicitHashKey: last })).ShardId).toMatch(/1$/)
  await expect(put(name, 'x', { ExplicitHashKey: String(2n ** 128n) })).rejects.toThrow(
    /^Invalid ExplicitHashKey/,
  )
})

test('the sequence numbers of a shard grow', async () => {
  const { make, put } = streams()
  const name = await make()
  const numbers = []
  for (const content of 'abc') numbers.push((await put(name, content)).SequenceNumber ?? '')
  expect(numbers[0]).toMatch(/^49\d{54}$/)
  expect(numbers.toSorted()).toEqual(numbers)
  expect(new Set(numbers).size).toBe(3)
})

test('each of the five kinds of iterators begins at its place', async () => {
  const { make, put, iterator, get, clock } = streams()
  const name = await make()
  await put(name, 'a')
  clock.now += 1000
  const { SequenceNumber: StartingSequenceNumber } = await put(name, 'b')
  const Timestamp = new Date(clock.now)
  clock.now += 1000
  await put(name, 'c')
  const latest = await iterator(name, { ShardIteratorType: 'LATEST' })
  await put(name, 'd')
  const from = async (more: Parameters<typeof iterator>[1]) => contents(await get(await iterator(name, more)))
  expect(await from({ ShardIteratorType: 'TRIM_HORIZON' })).toEqual(['a', 'b', 'c', 'd'])
  expect(contents(await get(latest))).toEqual(['d'])
  expect(await from({ ShardIteratorType: 'AT_TIMESTAMP', Timestamp })).toEqual(['b', 'c', 'd'])
  const numbered = { StartingSequenceNumber }
  expect(await from({ ShardIteratorType: 'AT_SEQUENCE_NUMBER', ...numbered })).toEqual(['b', 'c', 'd'])
  expect(await from({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', ...numbered })).toEqual(['c', 'd'])
})

test('records are read in pages, which tell how far they are behind', async () => {
  const { make, put, iterator, get, clock } = streams()
  const name = await make()
  for (const content of 'abc') await put(name, content)
  clock.now += 5000
  const first = await get(await iterator(name), 2)
  expect([contents(first), first.MillisBehindLatest]).toEqual([['a', 'b'], 5000])
  expect(first.Records?.[0]).toMatchObject({
    PartitionKey: 'key',
    ApproximateArrivalTimestamp: new Date(clock.now - 5000),
  })
  const second = await get(first.NextShardIterator)
  expect([contents(second), second.MillisBehindLatest]).toEqual([['c'], 0])
  const third = await get(second.NextShardIterator)
  expect([contents(third), third.MillisBehindLatest]).toEqual([[], 0])
})

test('an iterator ends after five minutes, and records after the retention period', async () => {
  const { make, put, iterator, get, clock } = streams()
  const name = await make()
  await put(name, 'old')
  clock.now += 3_600_000 * 23
  await put(name, 'new')
  const early = await iterator(name)
  clock.now += 301_000
  await expect(get(early)).rejects.toMatchObject({
    name: 'ExpiredIteratorException',
    message: expect.stringMatching(/created at time \w{3} \w{3} \d\d [\d:]{8} UTC 2026 while/) as string,
  })
  clock.now += 3_600_000
  expect(contents(await get(await iterator(name)))).toEqual(['new'])
  await expect(get('bm9uZQ==')).rejects.toThrow('Invalid ShardIterator.')
})

test('records beyond the rate of a provisioned shard fail alone', async () => {
  const { client, make, put, clock } = streams()
  const name = await make()
  const large = { PartitionKey: 'key', Data: Buffer.alloc(600_000) }
  const answer = await client.send(new PutRecordsCommand({ StreamName: name, Records: [large, large] }))
  expect(answer.FailedRecordCount).toBe(1)
  expect(answer.Records?.map(({ ErrorCode, ShardId }) => ErrorCode ?? ShardId)).toEqual([
    'shardId-000000000000',
    'ProvisionedThroughputExceededException',
  ])
  expect(answer.Records?.[1]?.ErrorMessage).toBe(
    `Rate exceeded for shard shardId-000000000000 in stream ${name} under account 123456789012.`,
  )
  clock.now += 1000
  await put(name, 'later')
})

test.each([
  ['a record of more than 1 MiB', { Data: Buffer.alloc(1_048_577) }, /'data' failed to satisfy constraint/],
  ['an empty key', { PartitionKey: '' }, /'partitionKey' failed to satisfy constraint/],
  ['a stream that is not there', { StreamName: 'none' }, /^Stream none under account 123456789012 not found/],
])('%s is refused', async (_, more, message) => {
  const { make, put } = streams()
  await expect(put(await make(), 'x', more)).rejects.toThrow(message)
})

test('a client by HTTP/1.1 is served as one by HTTP/2', async () => {
  const { endpoint, make, put, iterator } = streams()
  const name = await make()
  await put(name, 'a')
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      authorization: 'AWS4-HMAC-SHA256 Credential=test/20260922/eu-west-1/kinesis/aws4_request, Signature=0',
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'Kinesis_20131202.GetRecords',
    },
    body: JSON.stringify({ ShardIterator: await iterator(name) }),
  })
  expect(await answer.json()).toMatchObject({ Records: [{ Data: 'YQ==', PartitionKey: 'key' }] })
})
