import { DeleteStreamCommand, KinesisClient } from '@aws-sdk/client-kinesis'
import { expect, onTestFinished, test } from 'vitest'
import { createClock } from '../../../src/sandbox/clock.ts'
import { kinesisService } from '../../../src/sandbox/kinesis/service.ts'
import { clientSettings, serve } from '../serve.ts'
import { followRows } from '../state/rows.ts'
import { collectMetrics, contents, shortcuts } from './running-streams.ts'

const clock = { now: 1_790_000_000_000 }

/** A sandbox's Kinesis, with the rows that an earlier one has left. */
async function run(before?: ReturnType<typeof followRows>) {
  const service = kinesisService({ clock: () => clock.now })
  before?.restore(service.persistent)
  const rows = followRows(service.persistent)
  const served = await serve([service.service], '123456789012')
  const client = new KinesisClient(clientSettings(served.endpoint))
  onTestFinished(async () => {
    client.destroy()
    service.close()
    await served.close()
  })
  return { client, rows, service, ...shortcuts(client) }
}

test('streams, records and iterators outlive the sandbox, and later sequence numbers go on', async () => {
  const first = await run()
  const name = await first.make({ ShardCount: 2 })
  const gone = await first.make()
  await first.put(gone, 'x')
  await first.client.send(new DeleteStreamCommand({ StreamName: gone }))
  const { SequenceNumber: early = '' } = await first.put(name, 'a', { ExplicitHashKey: '0' })
  const from = await first.iterator(name)

  // The clock of the next one may be behind.
  clock.now -= 1000
  const second = await run(first.rows)
  expect(second.rows.text()).not.toContain(gone)
  const { SequenceNumber: late = '' } = await second.put(name, 'b', { ExplicitHashKey: '0' })
  expect(late > early).toBe(true)
  expect(contents(await second.get(from))).toEqual(['a', 'b'])
})

test('a reader who waits goes on when a record comes, and when the stream or the sandbox goes', async () => {
  const { client, make, put, service } = await run()
  const { reader } = service
  const name = await make()
  const arn = `arn:aws:kinesis:eu-west-1:123456789012:stream/${name}`
  const place = { arn, shard: 'shardId-000000000000' }
  const waiting = reader.untilRecord(place, '0', 20_000)
  await put(name, 'a')
  await waiting
  const [record] = reader.read(place, '0', 10)
  const after = record?.sequenceNumber ?? ''
  const untilGone = reader.untilRecord(place, after, 20_000)
  await client.send(new DeleteStreamCommand({ StreamName: name }))
  await untilGone
  expect([reader.find(arn), reader.read(place, '0', 10)]).toEqual([undefined, []])
  const untilClosed = reader.untilRecord(place, after, 20_000)
  service.close()
  await untilClosed
})

test('each minute the streams tell CloudWatch of their records', async () => {
  const fast = createClock(1000)
  const metrics = collectMetrics()
  const service = kinesisService({ clock: fast.now, pace: fast, metrics })
  const served = await serve([service.service], '123456789012')
  const client = new KinesisClient(clientSettings(served.endpoint))
  onTestFinished(async () => {
    client.destroy()
    service.close()
    await served.close()
  })
  const { make, put, iterator, get } = shortcuts(client)
  const name = await make()
  await put(name, 'abc')
  await put(name, 'abc')
  await get(await iterator(name), 1)
  await expect
    .poll(() => metrics.told.join('\n'))
    .toMatch(/GetRecords.IteratorAgeMilliseconds \d+ Milliseconds/)
  const sum = (metric: string) =>
    metrics.told
      .filter((each) => each.startsWith(metric))
      .reduce((total, each) => total + Number(each.split(' ')[1]), 0)
  await expect.poll(() => [sum('IncomingRecords'), sum('IncomingBytes')]).toEqual([2, 12])
})
