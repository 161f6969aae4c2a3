import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  LambdaClient,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda'
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { expect, onTestFinished, test, vi } from 'vitest'
import { zipOf } from '../sandbox/lambda/zip.ts'
import { start } from './cli.ts'
import { clientSettings } from './sandbox.ts'
import { temporaryFolder } from './service.ts'
import { variables } from './variables.ts'

/** Notes each message in a file, which no kill of the sandbox can take back. */
const handler = `import { appendFileSync } from 'node:fs'
export const handler = ({ Records }) => {
  appendFileSync(process.env.HANDLED, Records.map(({ body }) => body + '\\n').join(''))
}`

async function startSandbox(cwd: string) {
  const args = 'sandbox start --port 0 --json --access-key test --state state --speed 10'.split(' ')
  const running = start(args, { cwd, env: variables(cwd) })
  const [line] = await running.says(/^.*\n/)
  const settings = clientSettings((JSON.parse(line) as { url: string }).url)
  const clients = { lambda: new LambdaClient(settings), sqs: new SQSClient({ ...settings, maxAttempts: 1 }) }
  onTestFinished(() => {
    clients.lambda.destroy()
    clients.sqs.destroy()
  })
  return { running, ...clients }
}

type Started = Awaited<ReturnType<typeof startSandbox>>

/** Makes the queue with its function. */
async function make({ lambda, sqs }: Started, file: string): Promise<void> {
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
  const Attributes = { VisibilityTimeout: '10' }
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'jobs', Attributes }))
  const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] })
  const EventSourceArn = (await sqs.send(asked)).Attributes?.['QueueArn']
  await lambda.send(new CreateEventSourceMappingCommand({ FunctionName, EventSourceArn }))
}

/** Sends numbered messages, ten a call. @returns those that were acknowledged before the sandbox was gone */
async function send({ sqs, running }: Started, from: number, to: number): Promise<number> {
  const QueueUrl = '/000000000000/jobs'
  for (let first = from; first < to; ) {
    const Entries = Array.from({ length: 10 }, (_, index) => {
      return { Id: String(index), MessageBody: String(first + index) }
    })
    try {
      await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }))
      first += 10
    } catch {
      // A busy machine may cut a connection; then the same messages are sent again.
      if (running.child.killed) return first
    }
  }
  return to
}

test('of 2,000 messages each is handled, through three kill -9 of the sandbox', async () => {
  const total = 2000
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
  await make(started, file)
  let sent = 0
  for (const enough of [300, 900, 1400]) {
    const sending = send(started, sent, total)
    await atLeast(enough)
    started.running.child.kill('SIGKILL')
    await started.running.ended
    sent = await sending
    started = await startSandbox(folder)
  }
  await send(started, sent, total)
  await atLeast(total)
  expect([...handled()].map(Number).toSorted((one, other) => one - other)).toEqual(
    Array.from({ length: total }, (_, index) => index),
  )
}, 180_000)
