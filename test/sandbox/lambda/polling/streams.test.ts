import {
  CreateAliasCommand,
  CreateEventSourceMappingCommand,
  DeleteEventSourceMappingCommand,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import type { Datum } from '../../../../src/sandbox/telemetry.ts'
import { publishVersions } from '../sandbox.ts'
import { startStreamed } from './streamed.ts'

const soon = { interval: 5, timeout: 10_000 }

test('the records of a shard come in batches, in their order, as Lambda sends them', async () => {
  const streamed = await startStreamed()
  await streamed.put(streamed.streamArn, 'a', 'b', 'c')
  const uuid = await streamed.map({ BatchSize: 2 })
  await expect.poll(streamed.batches, soon).toEqual(['a b', 'c'])
  const record = streamed.records()[0]?.[0]
  expect(record).toEqual({
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey: 'k',
      sequenceNumber: expect.stringMatching(/^49\d{54}$/) as string,
      data: 'YQ==',
      approximateArrivalTimestamp: expect.any(Number) as number,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `shardId-000000000000:${record?.kinesis.sequenceNumber}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: 'arn:aws:iam::000000000000:role/app',
    awsRegion: 'eu-west-1',
    eventSourceARN: streamed.streamArn,
  })
  expect((await streamed.mapping(uuid)).LastProcessingResult).toBe('OK')
})

test('LATEST begins with the next record, and AT_TIMESTAMP with those from then on', async () => {
  const streamed = await startStreamed()
  const { clock, streamArn } = streamed
  await streamed.put(streamArn, 'a')
  const until = clock.now() + 50
  await expect.poll(clock.now, { interval: 2 }).toBeGreaterThan(until)
  await streamed.put(streamArn, 'b')
  await streamed.map({ StartingPosition: 'LATEST' })
  const StartingPositionTimestamp = new Date(until)
  const later = await streamed.make(1)
  await streamed.put(later, 'x')
  await streamed.put(streamArn, 'c')
  await expect.poll(streamed.batches, soon).toEqual(['c'])
  await streamed.client.send(
    new CreateEventSourceMappingCommand({
      FunctionName: 'worker:$LATEST',
      EventSourceArn: streamArn,
      StartingPosition: 'AT_TIMESTAMP',
      StartingPositionTimestamp,
    }),
  )
  await expect.poll(streamed.batches, soon).toEqual(['c', 'b c'])
})

test('a failed batch comes again as a whole and holds its shard, while other shards go on', async () => {
  const streamed = await startStreamed()
  const EventSourceArn = await streamed.make(2)
  let failures = 0
  let mended = false
  streamed.answer((contents) => {
    if (!contents.includes('bad') || mended) return null
    failures += 1
    return new Error('no')
  })
  // The digests of a and b are in different shards.
  await streamed.put(EventSourceArn, 'a=bad', 'a=1', 'b=x')
  const uuid = await streamed.map({ EventSourceArn, BatchSize: 2 })
  const lastResult = async () => (await streamed.mapping(uuid)).LastProcessingResult
  await expect.poll(lastResult, soon).toBe('PROBLEM: Function call failed')
  await streamed.put(EventSourceArn, 'a=2')
  const before = failures
  await expect.poll(() => failures, soon).toBeGreaterThan(before + 1)
  expect(streamed.batches()).not.toContain('2')
  mended = true
  await expect.poll(() => [...new Set(streamed.batches())].toSorted(), soon).toEqual(['2', 'bad 1', 'x'])
  expect(streamed.batches().at(-1)).toBe('2')
})

test('bisecting finds the bad record, and its place goes to the topic for failures', async () => {
  const sent: { arn: string; body: string }[] = []
  const streamed = await startStreamed({
    delivery: {
      async deliver(arn, { body }) {
        sent.push({ arn, body })
        return undefined
      },
    },
  })
  streamed.answer((contents) => (contents.includes('bad') ? new Error('no') : null))
  await streamed.put(streamed.streamArn, 'a', 'bad', 'b', 'c')
  const Destination = 'arn:aws:sns:eu-west-1:000000000000:failed'
  await streamed.map({
    BisectBatchOnFunctionError: true,
    MaximumRetryAttempts: 0,
    DestinationConfig: { OnFailure: { Destination } },
  })
  await expect.poll(streamed.batches, soon).toEqual(['a bad b c', 'a bad', 'a', 'bad', 'b c'])
  const place = streamed.records()[3]?.[0]?.kinesis.sequenceNumber
  expect(sent.map(({ arn }) => arn)).toEqual([Destination])
  expect(JSON.parse(sent[0]?.body ?? '')).toEqual({
    requestContext: {
      requestId: streamed.executor.invocations[3]?.invocation.requestId,
      functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:worker',
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: 3,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: expect.any(String) as string,
    KinesisBatchInfo: {
      shardId: 'shardId-000000000000',
      startSequenceNumber: place,
      endSequenceNumber: place,
      approximateArrivalOfFirstRecord: expect.any(String) as string,
      approximateArrivalOfLastRecord: expect.any(String) as string,
      batchSize: 1,
      streamArn: streamed.streamArn,
    },
  })
})

test('with ReportBatchItemFailures the batch comes again from the lowest failed record on', async () => {
  const streamed = await startStreamed()
  let round = 0
  streamed.answer((contents, records) => {
    round += 1
    const failed = records.filter((_, index) => ['c', 'b'].includes(contents[index] ?? '') && round === 1)
    return {
      batchItemFailures: failed.toReversed().map((each) => ({ itemIdentifier: each.kinesis.sequenceNumber })),
    }
  })
  await streamed.put(streamed.streamArn, 'a', 'b', 'c', 'd')
  await streamed.map({ FunctionResponseTypes: ['ReportBatchItemFailures'] })
  await expect.poll(streamed.batches, soon).toEqual(['a b c d', 'b c d'])
})

test('records that are too old are given up, and the bucket for failures gets them', async () => {
  const written: { Key: string; Body: Uint8Array }[] = []
  const streamed = await startStreamed({ writeObject: async (object) => void written.push(object) })
  streamed.answer((contents) => (contents.includes('bad') ? new Error('no') : null))
  await streamed.put(streamed.streamArn, 'bad')
  const uuid = await streamed.map({
    MaximumRecordAgeInSeconds: 60,
    DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::failed' } },
  })
  await expect.poll(() => written.length, soon).toBe(1)
  const record = JSON.parse(Buffer.from(written[0]?.Body ?? []).toString()) as Record<string, unknown>
  expect(record).toMatchObject({ requestContext: { condition: 'RecordAgeExceeded' }, KinesisBatchInfo: {} })
  expect(record['payload']).toContain('YmFk')
  expect(written[0]?.Key).toContain(`aws/lambda/${uuid}/shardId-000000000000/`)
  await streamed.put(streamed.streamArn, 'good')
  await expect.poll(() => streamed.batches().at(-1), soon).toBe('good')
})

test('filters look into the data of records, and unwanted ones are passed', async () => {
  const streamed = await startStreamed()
  await streamed.put(streamed.streamArn, '{"state":"paid"}', '{"state":"open"}', 'k2={"state":"paid"}')
  const Pattern = JSON.stringify({ data: { state: ['paid'] }, partitionKey: ['k'] })
  await streamed.map({ FilterCriteria: { Filters: [{ Pattern }] } })
  await expect.poll(streamed.batches, soon).toEqual(['{"state":"paid"}'])
  await streamed.put(streamed.streamArn, '{"state":"paid"}')
  await expect.poll(() => streamed.batches().length, soon).toBe(2)
})

test('within its window a mapping waits for more records', async () => {
  const streamed = await startStreamed()
  await streamed.map({ MaximumBatchingWindowInSeconds: 300, BatchSize: 3 })
  for (const content of ['a', 'b', 'c']) await streamed.put(streamed.streamArn, content)
  await expect.poll(streamed.batches, soon).toEqual(['a b c'])
})

test('with a parallelization factor a shard has several batches at a time, each key in its order', async () => {
  const streamed = await startStreamed()
  const keys = ['p', 'q', 'r', 's', 't', 'u']
  const all = [1, 2, 3].flatMap((round) => keys.map((key) => `${key}=${key}${round}`))
  await streamed.put(streamed.streamArn, ...all)
  streamed.answer((contents) =>
    contents[0] === 'p1' && streamed.batches().length < 8 ? new Error('no') : null,
  )
  await streamed.map({ ParallelizationFactor: 10, BatchSize: 1 })
  await expect.poll(() => new Set(streamed.batches()).size, soon).toBe(18)
  const seen = streamed.batches()
  for (const key of keys) {
    const own = [...new Set(seen.filter((content) => content.startsWith(key)))]
    expect(own).toEqual([1, 2, 3].map((round) => `${key}${round}`))
  }
  // Others went on while p1 failed.
  expect(seen.lastIndexOf('p1')).toBeGreaterThan(3)
})

test('a mapping that is disabled and enabled goes on where it was', async () => {
  const streamed = await startStreamed()
  const uuid = await streamed.map()
  await streamed.put(streamed.streamArn, 'a')
  await expect.poll(streamed.batches, soon).toEqual(['a'])
  await streamed.change(uuid, { Enabled: false }, 'Disabled')
  await streamed.put(streamed.streamArn, 'b')
  await streamed.put(streamed.streamArn, 'c')
  expect(streamed.batches()).toEqual(['a'])
  await streamed.change(uuid, { Enabled: true }, 'Enabled')
  await expect.poll(streamed.batches, soon).toEqual(['a', 'b c'])
  await streamed.client.send(new DeleteEventSourceMappingCommand({ UUID: uuid }))
  await expect.poll(() => streamed.rows.text(), soon).not.toContain('"position"')
})

test('a checkpoint outlives the sandbox', async () => {
  const streamed = await startStreamed()
  await streamed.put(streamed.streamArn, 'a')
  await streamed.map()
  await expect.poll(streamed.batches, soon).toEqual(['a'])
  const last = streamed.records()[0]?.[0]?.kinesis.sequenceNumber ?? ''
  await expect.poll(() => streamed.rows.text(), soon).toContain(`"position":"${last}"`.replaceAll('"', '\\"'))
})

test('a throttled batch waits, and is no retry', async () => {
  const streamed = await startStreamed()
  const reserve = (ReservedConcurrentExecutions: number) =>
    streamed.client.send(
      new PutFunctionConcurrencyCommand({ FunctionName: 'worker', ReservedConcurrentExecutions }),
    )
  await reserve(0)
  await streamed.put(streamed.streamArn, 'a')
  await streamed.map({ MaximumRetryAttempts: 0 })
  await expect.poll(() => streamed.executor.invocations.length, soon).toBeGreaterThan(1)
  let handled = 0
  streamed.answer(() => void (handled += 1))
  await reserve(10)
  await expect.poll(() => handled, soon).toBe(1)
})

test('the age of the last record of each batch is a metric of the alias, which grows while batches fail', async () => {
  const data: Datum[] = []
  const streamed = await startStreamed({ metrics: { record: (_, told) => void data.push(...told) } })
  await publishVersions(streamed.client, 'worker', 2)
  const RoutingConfig = { AdditionalVersionWeights: { '2': 1 } }
  await streamed.client.send(
    new CreateAliasCommand({ FunctionName: 'worker', Name: 'live', FunctionVersion: '1', RoutingConfig }),
  )
  let left = 2
  streamed.answer(() => (left-- > 0 ? new Error('no') : null))
  await streamed.put(streamed.streamArn, 'a')
  await streamed.map({ FunctionName: 'worker:live', MetricsConfig: { Metrics: ['EventCount'] } })
  await expect.poll(streamed.batches, soon).toEqual(['a', 'a', 'a'])
  const versions = streamed.executor.invocations.map(({ target }) => target.configuration.Version)
  expect(new Set(versions)).toEqual(new Set(['2']))
  const ages = data.filter(({ name, dimensions }) => name === 'IteratorAge' && 'Resource' in dimensions)
  expect(ages[0]).toMatchObject({
    namespace: 'AWS/Lambda',
    dimensions: { FunctionName: 'worker', Resource: 'worker:live' },
    unit: 'Milliseconds',
  })
  const values = ages.map(({ value }) => value)
  expect(values).toHaveLength(3)
  expect(values[2]).toBeGreaterThan((values[0] ?? 0) + 1000)
  const counted = (name: string) => data.filter((each) => each.name === name).map(({ value }) => value)
  await expect.poll(() => counted('InvokedEventCount'), soon).toEqual([1, 1, 1])
  expect([counted('PolledEventCount'), counted('FailedInvokeEventCount')]).toEqual([[1], [1, 1]])
})

test('a stream that is not there is refused, and so is a window of aggregation', async () => {
  const { streamArn, map } = await startStreamed()
  await expect(map({ EventSourceArn: `${streamArn}x` })).rejects.toThrow(`Stream not found: ${streamArn}x`)
  await expect(map({ TumblingWindowInSeconds: 30 })).rejects.toMatchObject({ name: 'NotImplemented' })
})
