import { CloudWatchClient, DescribeAlarmsCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch'
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  FilterLogEventsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import {
  CreateAliasCommand,
  CreateFunctionCommand,
  GetAliasCommand,
  LambdaClient,
  PublishVersionCommand,
  UpdateAliasCommand,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda'
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { expect, onTestFinished, test, vi } from 'vitest'
import { zipOf } from '../sandbox/lambda/zip.ts'
import { start } from './cli.ts'
import { clientSettings } from './sandbox.ts'
import { temporaryFolder } from './service.ts'
import { variables } from './variables.ts'

const group = { logGroupName: '/kept' }
const stream = { ...group, logStreamName: 'stream' }
const shop = { FunctionName: 'shop', Name: 'live' }

function clientsOf(url: string) {
  const settings = { ...clientSettings(url), maxAttempts: 1 }
  const clients = {
    lambda: new LambdaClient(settings),
    logs: new CloudWatchLogsClient(settings),
    cloudWatch: new CloudWatchClient(settings),
    s3: new S3Client({ ...settings, forcePathStyle: true }),
    ssm: new SSMClient(settings),
  }
  const destroy = () => {
    for (const client of Object.values(clients)) client.destroy()
  }
  return { ...clients, destroy }
}
type Clients = ReturnType<typeof clientsOf>

/** The numbers that were acknowledged, by kind of record; each writer writes growing numbers. */
interface Acknowledged {
  alias: number
  object: number
  parameter: number
  alarm: number
  events: number[]
}
type Writer = (clients: Clients, count: number) => Promise<unknown>

const alarm = (count: number) =>
  new PutMetricAlarmCommand({
    AlarmName: 'errors',
    Namespace: 'Shop',
    MetricName: 'Errors',
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: count,
    ComparisonOperator: 'GreaterThanThreshold',
  })
/** Large enough that a file of it can be torn. */
const bodyOf = (count: number) => `${count} `.repeat(20_000)

const writers: Record<keyof Acknowledged, Writer> = {
  alias: ({ lambda }, count) => lambda.send(new UpdateAliasCommand({ ...shop, Description: String(count) })),
  object: ({ s3 }, count) =>
    s3.send(new PutObjectCommand({ Bucket: 'kept', Key: 'object', Body: bodyOf(count) })),
  parameter: ({ ssm }, count) =>
    ssm.send(new PutParameterCommand({ Name: 'p', Type: 'String', Value: String(count), Overwrite: true })),
  alarm: ({ cloudWatch }, count) => cloudWatch.send(alarm(count)),
  events: ({ logs }, count) =>
    logs.send(
      new PutLogEventsCommand({
        ...stream,
        logEvents: [{ timestamp: Date.now(), message: String(count) }],
      }),
    ),
}

async function fill({ lambda, logs, s3 }: Clients): Promise<void> {
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'shop',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: 'arn:aws:iam::000000000000:role/app',
      Code: { ZipFile: zipOf([{ name: 'index.mjs', content: 'export const handler = () => 1' }]) },
    }),
  )
  await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 10, minDelay: 0.05, maxDelay: 0.1 }, shop)
  const { Version } = await lambda.send(new PublishVersionCommand(shop))
  await lambda.send(new CreateAliasCommand({ ...shop, FunctionVersion: Version, Description: '0' }))
  await logs.send(new CreateLogGroupCommand(group))
  await logs.send(new CreateLogStreamCommand(stream))
  await s3.send(
    new CreateBucketCommand({
      Bucket: 'kept',
      CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
    }),
  )
}

/** Reads the numbers that are there, in the same form. */
async function read({ lambda, logs, cloudWatch, s3, ssm }: Clients): Promise<Acknowledged> {
  const [{ Description }, { Parameter }, { MetricAlarms }, { Body }] = await Promise.all([
    lambda.send(new GetAliasCommand(shop)),
    ssm.send(new GetParameterCommand({ Name: 'p' })),
    cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: ['errors'] })),
    s3.send(new GetObjectCommand({ Bucket: 'kept', Key: 'object' })),
  ])
  const body = (await Body?.transformToString()) ?? ''
  const object = Number.parseInt(body, 10)
  expect(body).toBe(bodyOf(object))
  const events: number[] = []
  let nextToken: string | undefined
  do {
    const page = await logs.send(new FilterLogEventsCommand({ ...group, nextToken }))
    events.push(...(page.events ?? []).map(({ message }) => Number(message)))
    nextToken = page.nextToken
  } while (nextToken !== undefined)
  return {
    alias: Number(Description),
    object,
    parameter: Number(Parameter?.Value),
    alarm: MetricAlarms?.[0]?.Threshold ?? -1,
    events,
  }
}

async function startSandbox(cwd: string) {
  const args = ['sandbox', 'start', '--port', '0', '--json', '--access-key', 'test', '--state', 'state']
  const running = start(args, { cwd, env: variables(cwd) })
  const [line] = await running.says(/^.*\n/)
  const clients = clientsOf((JSON.parse(line) as { url: string }).url)
  onTestFinished(() => clients.destroy())
  return { running, clients }
}

type Started = Awaited<ReturnType<typeof startSandbox>>

/** Numbers that were written, and how many of them were acknowledged. */
interface Count {
  last: number
  acknowledged: number
}

/** Writes until the sandbox is gone, one request after the other, and notes what was acknowledged. */
async function write(clients: Clients, kind: keyof Acknowledged, seen: Acknowledged, count: Count) {
  for (;;) {
    const number = (count.last += 1)
    try {
      await writers[kind](clients, number)
    } catch (error) {
      if ((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode) throw error
      return
    }
    count.acknowledged += 1
    if (kind === 'events') seen.events.push(number)
    else seen[kind] = number
  }
}

const kinds = Object.keys(writers) as (keyof Acknowledged)[]

/** Holds what is there against what was acknowledged; of each kind one more may be there, whose answer was cut off. */
function expectKept(found: Acknowledged, seen: Acknowledged): void {
  expect(found.events).toEqual(expect.arrayContaining(seen.events))
  for (const kind of ['alias', 'object', 'parameter', 'alarm'] as const) {
    expect([kind, Math.min(found[kind], seen[kind])]).toEqual([kind, seen[kind]])
    seen[kind] = found[kind]
  }
}

/** Lets writers write a while, then kills the sandbox somewhere in the midst of their next requests. */
async function killUnderWrites({ running, clients }: Started, seen: Acknowledged, count: Count) {
  const writing = Promise.all(kinds.map((kind) => write(clients, kind, seen, count)))
  const enough = count.acknowledged + 3 + Math.random() * 20
  await vi.waitUntil(() => count.acknowledged >= enough, { interval: 1 + Math.random() * 3, timeout: 30_000 })
  running.child.kill('SIGKILL')
  await running.ended
  await writing
  clients.destroy()
}

/** @returns how many writes were acknowledged */
async function killAgainAndAgain(kills: number): Promise<number> {
  const folder = await temporaryFolder()
  const seen: Acknowledged = { alias: 0, object: 0, parameter: 0, alarm: 0, events: [0] }
  const count = { last: 0, acknowledged: 0 }
  let started = await startSandbox(folder)
  await fill(started.clients)
  for (const kind of kinds) await writers[kind](started.clients, 0)
  started.running.child.kill('SIGINT')
  await started.running.ended
  started = await startSandbox(folder)
  for (let kill = 0; kill < kills; kill++) {
    await killUnderWrites(started, seen, count)
    started = await startSandbox(folder)
    expectKept(await read(started.clients), seen)
  }
  return count.acknowledged
}

test('of what was acknowledged nothing is lost in 100 kill -9 under writes', async () => {
  const written = await Promise.all([killAgainAndAgain(50), killAgainAndAgain(50)])
  for (const acknowledged of written) expect(acknowledged).toBeGreaterThan(3 * 50)
}, 600_000)
