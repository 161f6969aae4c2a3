import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { CreateStreamCommand, KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis'
import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  CreateFunctionCommand,
  LambdaClient,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda'
import { CreateQueueCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs'
import { expect, onTestFinished, test, vi } from 'vitest'
import { zipOf } from '../sandbox/lambda/zip.ts'
import { start } from './cli.ts'
import { clientSettings } from './sandbox.ts'
import { temporaryFolder } from './service.ts'
import { variables } from './variables.ts'

/** Notes each message in a file, which no kill of the sandbox can take back. */
const handler = `import { appendFileSync } from 'node:fs'
export const handler = ({ Records }) => {
  const contents = Records.map(({ body, kinesis }) => body ?? atob(kinesis.data))
  appendFileSync(process.env.HANDLED, contents.map((content) => content + '\\n').join(''))
}`

async function startSandbox(cwd: string) {
  const args = 'sandbox start --port 0 --json --access-key test --state state --speed 10'.split(' ')
  const running = start(args, { cwd, env: variables(cwd) })
  const [line] = await running.says(/^.*\n/)
  const settings = clientSettings((JSON.parse(line) as { url: string }).url)
  const once = { ...settings, maxAttempts: 1 }
  const clients = {
    lambda: new LambdaClient(settings),
    sqs: new SQSClient(once),
    kinesis: new KinesisClient(once),
  }
  onTestFinished(() => {
    for (const client of Object.values(clients)) client.destroy()
  })
  return { running, ...clients }
}

type Started = Awaited<ReturnType<typeof startSandbox>>

/** A source with a function that reads it. */
interface Source {
  name: string
  total: number
  /** The sandbox is killed each time that so many messages are handled. */
  kills: readonly number[]
  make: (started: Started) => Promise<object>
  mapping: Omit<CreateEventSourceMappingCommandInput, 'FunctionName'>
  /** Sends messages in one call. */
  put: (started: Started, contents: readonly string[]) => Promise<object>
}

const queue: Source = {
  name: 'a queue',
  total: 2000,
  kills: [300, 900, 1400],
  make: ({ sqs }) =>
    sqs.send(new CreateQueueCommand({ QueueName: 'jobs', Attributes: { VisibilityTimeout: '10' } })),
  mapping: { EventSourceArn: 'arn:aws:sqs:eu-west-1:000000000000:jobs' },
  put: ({ sqs }, contents) => {
    const Entries = contents.map((MessageBody, index) => ({ Id: String(index), MessageBody }))
    return sqs.send(new SendMessageBatchCommand({ QueueUrl: '/000000000000/jobs', Entries }))
  },
}

const stream: Source = {
  name: 'a stream',
  total: 600,
  kills: [150, 350],
  make: ({ kinesis }) =>
    kinesis.send(
      new CreateStreamCommand({ StreamName: 'clicks', StreamModeDetails: { StreamMode: 'ON_DEMAND' } }),
    ),
  mapping: {
    EventSourceArn: 'arn:aws:kinesis:eu-west-1:000000000000:stream/clicks',
    StartingPosition: 'TRIM_HORIZON',
    BatchSize: 10,
    ParallelizationFactor: 2,
  },
  put: ({ kinesis }, contents) => {
    const Records = contents.map((content) => ({ PartitionKey: content, Data: Buffer.from(content) }))
    return kinesis.send(new PutRecordsCommand({ StreamName: 'clicks', Records }))
  },
}

async function make(started: Started, source: Source, file: string): Promise<void> {
  const { lambda } = started
  const FunctionName = 'worker'
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: 'arn:aws:iam::000000000000:role/app',
      Timeout: 5,
      Environment: { Variables: { HANDLED: file } },
      Code: { ZipFile: zipOf([{ name: 'index.mjs', content: handler }]) },
    }),
  )
  const waiting = { client: lambda, maxWaitTime: 60, minDelay: 0.05, maxDelay: 0.1 }
  await waitUntilFunctionActiveV2(waiting, { FunctionName })
  await source.make(started)
  await lambda.send(new CreateEventSourceMappingCommand({ FunctionName, ...source.mapping }))
}

/** A busy machine may cut a connection so often in a row. */
const mostFailures = 50

/** Sends numbered messages, ten a call. @returns those that were acknowledged before the sandbox was gone */
async function send(started: Started, { put, total }: Source, from: number): Promise<number> {
  let failures = 0
  for (let first = from; first < total; ) {
    try {
      await put(
        started,
        Array.from({ length: 10 }, (_, index) => String(first + index)),
      )
      first += 10
      failures = 0
    } catch (error) {
      if (started.running.child.killed) return first
      failures += 1
      if (failures > mostFailures) throw error
      await setTimeout(20)
    }
  }
  return total
}

test.each([queue, stream].map((source) => [source.name, source.total, source] as const))(
  'of %s with %i messages each is handled, through kill -9 of the sandbox',
  async (_, total, source) => {
    const folder = await temporaryFolder()
    const file = join(folder, 'handled')
    const handled = () => {
      try {
        return new Set(readFileSync(file, 'utf8').split('\n').filter(Boolean))
      } catch {
        return new Set<string>()
      }
    }
    const atLeast = (count: number) =>
      vi.waitUntil(() => handled().size >= count, { interval: 20, timeout: 120_000 })
    let started = await startSandbox(folder)
    await make(started, source, file)
    let sent = 0
    for (const enough of source.kills) {
      const sending = send(started, source, sent)
      // A sender that gives up ends the test by its error.
      await Promise.race([atLeast(enough), sending.then(() => atLeast(enough))])
      started.running.child.kill('SIGKILL')
      await started.running.ended
      sent = await sending
      started = await startSandbox(folder)
    }
    await send(started, source, sent)
    await atLeast(total)
    expect([...handled()].map(Number).toSorted((one, other) => one - other)).toEqual(
      Array.from({ length: total }, (__, index) => index),
    )
  },
  180_000,
)
