import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis'
import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  type EventSourceMappingConfiguration,
  GetEventSourceMappingCommand,
  UpdateEventSourceMappingCommand,
  type UpdateEventSourceMappingCommandInput,
} from '@aws-sdk/client-lambda'
import { expect, onTestFinished } from 'vitest'
import { createClock, type SandboxClock } from '../../../../src/sandbox/clock.ts'
import { kinesisService } from '../../../../src/sandbox/kinesis/service.ts'
import type { LambdaDependencies } from '../../../../src/sandbox/lambda/service.ts'
import { shortcuts } from '../../kinesis/running-streams.ts'
import { clientSettings, serve } from '../../serve.ts'
import { account, createActive, startLambda, type TestSandbox } from '../sandbox.ts'

/** A record of an event of Kinesis. */
interface SeenRecord {
  eventID: string
  invokeIdentityArn: string
  kinesis: { data: string; sequenceNumber: string; partitionKey: string }
}

/** Lambda with a function, and Kinesis with a stream, on one clock that runs fifty times as fast. */
export interface Streamed extends TestSandbox {
  clock: SandboxClock
  streamArn: string
  /** Makes another stream. @returns its ARN */
  make: (shards: number) => Promise<string>
  /** Puts records together, each with a key; `key=content`, or the content alone for the key `k`. */
  put: (arn: string, ...records: string[]) => Promise<void>
  /** Maps the stream to the function. @returns the id, once the mapping is enabled */
  map: (settings?: Partial<CreateEventSourceMappingCommandInput>) => Promise<string>
  mapping: (UUID: string) => Promise<EventSourceMappingConfiguration>
  change(UUID: string, change: Partial<UpdateEventSourceMappingCommandInput>, state: string): Promise<void>
  /** The contents of the records of each invocation. */
  batches: () => string[]
  records: () => SeenRecord[][]
  /** Answers each invocation by its contents; an error fails it. */
  answer: (by: (contents: readonly string[], records: readonly SeenRecord[]) => unknown) => void
}

const speed = 50

export async function startStreamed(overrides: Partial<LambdaDependencies> = {}): Promise<Streamed> {
  const clock = createClock(speed)
  const kinesis = kinesisService({ clock: clock.now, pace: clock })
  const served = await serve([kinesis.service], account)
  const client = new KinesisClient(clientSettings(served.endpoint))
  onTestFinished(async () => {
    client.destroy()
    kinesis.close()
    await served.close()
  })
  const lambda = await startLambda({
    clock: clock.now,
    pace: clock,
    streams: { kinesis: kinesis.reader },
    updateDelayMs: 5 * speed,
    ...overrides,
  })
  await createActive(lambda.client, 'worker')
  const make = async (ShardCount: number) =>
    `arn:aws:kinesis:eu-west-1:${account}:stream/${await shortcuts(client).make({ ShardCount })}`
  const streamArn = await make(1)
  const mapping = (UUID: string) => lambda.client.send(new GetEventSourceMappingCommand({ UUID }))
  const reaches = (UUID: string, state: string) =>
    expect.poll(async () => (await mapping(UUID)).State, { interval: 5 }).toBe(state)
  const records = () => lambda.executor.invocations.map(({ invocation }) => recordsIn(invocation.payload))
  return {
    ...lambda,
    clock,
    streamArn,
    make,
    mapping,
    records,
    async put(StreamARN, ...texts) {
      const Records = texts.map((text) => {
        const [PartitionKey = '', content] = text.includes('=') ? text.split('=') : ['k', text]
        return { PartitionKey, Data: Buffer.from(content ?? '') }
      })
      await client.send(new PutRecordsCommand({ StreamARN, Records }))
    },
    async map(settings = {}) {
      const usual = {
        FunctionName: 'worker',
        EventSourceArn: streamArn,
        StartingPosition: 'TRIM_HORIZON',
      } as const
      const made = await lambda.client.send(new CreateEventSourceMappingCommand({ ...usual, ...settings }))
      await reaches(made.UUID ?? '', settings.Enabled === false ? 'Disabled' : 'Enabled')
      return made.UUID ?? ''
    },
    async change(UUID, change, state) {
      await lambda.client.send(new UpdateEventSourceMappingCommand({ UUID, ...change }))
      await reaches(UUID, state)
    },
    batches: () => records().map((each) => contentsOf(each).join(' ')),
    answer(by) {
      lambda.executor.answer = (_, { payload }) => {
        const seen = recordsIn(payload)
        const value = by(contentsOf(seen), seen)
        if (value instanceof Error)
          return { payload: Buffer.from('{}'), functionError: 'Unhandled', logTail: '' }
        return { payload: Buffer.from(JSON.stringify(value) ?? ''), logTail: '' }
      }
    },
  }
}

function recordsIn(payload: Uint8Array): SeenRecord[] {
  return (JSON.parse(Buffer.from(payload).toString()) as { Records: SeenRecord[] }).Records
}

function contentsOf(records: readonly SeenRecord[]): string[] {
  return records.map(({ kinesis }) => Buffer.from(kinesis.data, 'base64').toString())
}
