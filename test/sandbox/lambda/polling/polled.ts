import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  GetEventSourceMappingCommand,
} from '@aws-sdk/client-lambda'
import { SQSClient } from '@aws-sdk/client-sqs'
import { expect, onTestFinished } from 'vitest'
import { createClock } from '../../../../src/sandbox/clock.ts'
import type { LambdaDependencies } from '../../../../src/sandbox/lambda/service.ts'
import { sqsService } from '../../../../src/sandbox/sqs/service.ts'
import { clientSettings, serve } from '../../serve.ts'
import { type RunningQueues, shortcuts } from '../../sqs/running-queues.ts'
import { account, createActive, startLambda, type TestSandbox } from '../sandbox.ts'

/** A record of an event of SQS. */
interface SeenRecord {
  messageId: string
  body: string
  eventSourceARN: string
  attributes: Record<string, string>
}

/** Lambda with a function, and SQS with a queue, on one clock that runs fifty times as fast. */
export interface Polled extends TestSandbox, Omit<RunningQueues, 'client' | 'clock'> {
  sqs: SQSClient
  queues: ReturnType<typeof sqsService>
  url: string
  queueArn: string
  /** Maps the queue to the function. @returns the id, once the mapping is enabled */
  map(settings?: Partial<CreateEventSourceMappingCommandInput>): Promise<string>
  /** Waits until a mapping has a state. */
  reaches(uuid: string, state: string): Promise<void>
  /** The bodies of the records of each invocation. */
  batches(): string[][]
  /** Answers each invocation by its records; an error fails it. */
  answer(by: (records: readonly SeenRecord[]) => unknown): void
}

const speed = 50

export async function startPolled(
  attributes: Record<string, string> = {},
  overrides: Partial<LambdaDependencies> = {},
): Promise<Polled> {
  const clock = createClock(speed)
  const queues = sqsService({ clock: clock.now, pace: clock })
  const served = await serve([queues.service], account)
  const sqs = new SQSClient(clientSettings(served.endpoint))
  onTestFinished(async () => {
    sqs.destroy()
    queues.close()
    await served.close()
  })
  const lambda = await startLambda({
    clock: clock.now,
    pace: clock,
    queues: queues.reader,
    updateDelayMs: 5 * speed,
    ...overrides,
  })
  await createActive(lambda.client, 'worker')
  const calls = shortcuts(sqs)
  // A busy machine must not be late for it.
  const url = await calls.make({ VisibilityTimeout: '300', ...attributes })
  const queueArn = (await calls.attributes(url))['QueueArn'] ?? ''
  const records = ({ invocation }: TestSandbox['executor']['invocations'][number]) =>
    (JSON.parse(Buffer.from(invocation.payload).toString()) as { Records: SeenRecord[] }).Records
  const reaches: Polled['reaches'] = async (UUID, state) => {
    const get = async () => (await lambda.client.send(new GetEventSourceMappingCommand({ UUID }))).State
    await expect.poll(get, { interval: 5 }).toBe(state)
  }
  return {
    ...lambda,
    ...calls,
    sqs,
    queues,
    url,
    queueArn,
    reaches,
    async map(settings = {}) {
      const input = { FunctionName: 'worker', EventSourceArn: queueArn, ...settings }
      const { UUID = '' } = await lambda.client.send(new CreateEventSourceMappingCommand(input))
      if (settings.Enabled !== false) await reaches(UUID, 'Enabled')
      return UUID
    },
    batches: () => lambda.executor.invocations.map((each) => records(each).map(({ body }) => body)),
    answer(by) {
      lambda.executor.answer = (_, { payload }) => {
        const { Records } = JSON.parse(Buffer.from(payload).toString()) as { Records: SeenRecord[] }
        const value = by(Records)
        if (value instanceof Error)
          return { payload: Buffer.from('{}'), functionError: 'Unhandled', logTail: '' }
        return { payload: Buffer.from(JSON.stringify(value) ?? ''), logTail: '' }
      }
    },
  }
}

/** The numbers of messages that wait and that are in flight. */
export async function depth({
  attributes,
  url,
}: Pick<Polled, 'attributes' | 'url'>): Promise<[string, string]> {
  const found = await attributes(url)
  return [found['ApproximateNumberOfMessages'] ?? '', found['ApproximateNumberOfMessagesNotVisible'] ?? '']
}
