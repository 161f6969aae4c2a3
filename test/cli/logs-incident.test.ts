import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { expect, onTestFinished, test } from 'vitest'
import { eventsOf, type Place, run, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService } from './service.ts'

const sandbox = useSandbox()
const id = '8f2c1a90-1111-4222-8333-444455556666'
const minute = 60_000

async function deployed() {
  const service = await makeService()
  await service.writeHandler(answering('one'))
  return { place: await sandbox().deployFirst(service), service }
}

const logs = ['logs', 'hello', '-e', 'test', '--no-follow']
const json = async (args: readonly string[], place: Place) =>
  JSON.parse((await runTo(0, [...args, '-e', 'test', '--json'], place)).stdout) as Record<string, unknown>

test('throttled requests, which have no lines, are counted by their metric, and marked so', async () => {
  const { place } = await deployed()
  await runTo(0, ['concurrency', 'reserve', 'hello', '0', '-e', 'test'], place)
  await run(['invoke', 'hello', '-e', 'test'], place)
  const tailed = await runTo(0, [...logs, '--errors'], place)
  expect(tailed.stderr).toMatch(
    /^Lambda throttled \d+ requests? of hello from .* to .*, by its metric: they have no lines$/m,
  )
  for (const verb of ['requests', 'errors']) {
    const { stdout } = await runTo(0, ['logs', verb, 'hello', '-e', 'test'], place)
    expect(stdout).toMatch(
      /^ {2}\d+ requests? throttled, by Lambda's metric, of all versions: they have no lines; at /m,
    )
    const { throttles } = await json(['logs', verb, 'hello'], place)
    expect(throttles).toEqual([{ time: expect.any(Number) as number, count: expect.any(Number) as number }])
  }
})

test('the attempts of an event are told apart, with their X-Ray traces', async () => {
  const { place, service } = await deployed()
  const logGroupName = `/aws/lambda/${service.lambdaName}`
  const logStreamName = '2026/11/27/[1]00c0ffee'
  const client = new CloudWatchLogsClient({
    region: 'eu-west-1',
    endpoint: sandbox().url,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  })
  onTestFinished(() => client.destroy())
  await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }))
  const begin = Date.now() - 5 * minute
  const attempt = (at: number, trace: string, end: string) => [
    { timestamp: begin + at, message: `START RequestId: ${id} Version: 1` },
    { timestamp: begin + at + 1, message: `2026-11-27T03:40:55.121Z\t${id}\tINFO\tcharging` },
    {
      timestamp: begin + at + 2,
      message: `REPORT RequestId: ${id}\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 128 MB\tMax Memory Used: 60 MB\tXRAY TraceId: ${trace}\tSegmentId: 0a\tSampled: true`,
    },
    ...(end === '' ? [] : [{ timestamp: begin + at + 2, message: end }]),
  ]
  const timedOut = `2026-11-27T03:40:58.120Z ${id} Task timed out after 3.00 seconds`
  const logEvents = [
    ...attempt(0, '1-5e1b4151-1', timedOut),
    ...attempt(minute, '1-5e1b4151-2', timedOut),
    ...attempt(3 * minute, '1-5e1b4151-3', ''),
  ]
  await client.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }))

  const one = await runTo(0, ['logs', 'hello', '-e', 'test', '--request', '8f2c1a90'], place)
  expect(one.stdout.match(/REPORT \S+ [\d,]+ ms \S+ MB.*/g)).toEqual([
    'REPORT timeout 3,000 ms 60/128 MB Task timed out after 3.00 seconds',
    'REPORT timeout 3,000 ms 60/128 MB attempt 2 Task timed out after 3.00 seconds',
    'REPORT ok 3,000 ms 60/128 MB attempt 3',
  ])
  expect(one.stderr).toContain(`X-Ray trace of ${id}: 1-5e1b4151-1\n`)
  expect(one.stderr).toContain(`X-Ray trace of ${id}, attempt 3: 1-5e1b4151-3\n`)
  const events = eventsOf(await runTo(0, ['logs', 'hello', '-e', 'test', '--request', id, '--json'], place))
  expect(
    events.filter(({ event }) => event === 'request').map(({ attempt: nth, traceId }) => [nth, traceId]),
  ).toEqual([
    [undefined, '1-5e1b4151-1'],
    [2, '1-5e1b4151-2'],
    [3, '1-5e1b4151-3'],
  ])

  const listed = await json(['logs', 'requests', 'hello'], place)
  const ours = (listed['requests'] as { id: string }[]).filter((request) => request.id === id)
  expect(ours).toMatchObject([
    { attempt: 1, status: 'timeout', traceId: '1-5e1b4151-1' },
    { attempt: 2, status: 'timeout' },
    { attempt: 3, status: 'ok' },
  ])
  const failed = await runTo(0, [...logs, '--errors'], place)
  expect(failed.stdout.match(/charging/g)).toHaveLength(2)
})
