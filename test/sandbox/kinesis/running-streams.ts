import { randomUUID } from 'node:crypto'
import {
  CreateStreamCommand,
  type CreateStreamCommandInput,
  GetRecordsCommand,
  type GetRecordsCommandOutput,
  GetShardIteratorCommand,
  type GetShardIteratorCommandInput,
  KinesisClient,
  PutRecordCommand,
  type PutRecordCommandInput,
  type PutRecordCommandOutput,
} from '@aws-sdk/client-kinesis'
import { afterAll, beforeAll } from 'vitest'
import { kinesisService } from '../../../src/sandbox/kinesis/service.ts'
import type { Datum } from '../../../src/sandbox/telemetry.ts'
import { clientSettings, type Served, serve } from '../serve.ts'

/** Kinesis alone, on a clock that the test sets. The client is the SDK's own, which speaks HTTP/2. */
export interface RunningStreams {
  client: KinesisClient
  endpoint: string
  /** Milliseconds since the epoch. */
  clock: { now: number }
  /** Makes a stream with one shard and a name of its own. @returns the name */
  make: (settings?: Partial<CreateStreamCommandInput>) => Promise<string>
  put: (
    StreamName: string,
    content: string,
    more?: Partial<PutRecordCommandInput>,
  ) => Promise<PutRecordCommandOutput>
  iterator: (StreamName: string, more?: Partial<GetShardIteratorCommandInput>) => Promise<string | undefined>
  get: (ShardIterator: string | undefined, Limit?: number) => Promise<GetRecordsCommandOutput>
}

export const account = '123456789012'

export function useStreams(): () => RunningStreams {
  let served: Served | undefined
  let streams: ReturnType<typeof kinesisService> | undefined
  let client: KinesisClient | undefined
  const clock = { now: 1_790_000_000_000 }
  beforeAll(async () => {
    streams = kinesisService({ clock: () => clock.now })
    served = await serve([streams.service], account)
    client = new KinesisClient(clientSettings(served.endpoint))
  })
  afterAll(async () => {
    client?.destroy()
    streams?.close()
    await served?.close()
  })
  return () => {
    if (!client || !served) throw new Error('the streams are made by beforeAll')
    return { client, endpoint: served.endpoint, clock, ...shortcuts(client) }
  }
}

export function shortcuts(client: KinesisClient): Omit<RunningStreams, 'client' | 'clock' | 'endpoint'> {
  return {
    async make(settings = {}) {
      const StreamName = `s-${randomUUID()}`
      const count = settings.StreamModeDetails ? {} : { ShardCount: 1 }
      await client.send(new CreateStreamCommand({ StreamName, ...count, ...settings }))
      return StreamName
    },
    put: (StreamName, content, more = {}) =>
      client.send(
        new PutRecordCommand({ StreamName, PartitionKey: 'key', Data: Buffer.from(content), ...more }),
      ),
    async iterator(StreamName, more = {}) {
      const usual = { ShardId: 'shardId-000000000000', ShardIteratorType: 'TRIM_HORIZON' } as const
      const found = await client.send(new GetShardIteratorCommand({ StreamName, ...usual, ...more }))
      return found.ShardIterator
    },
    get: (ShardIterator, Limit) => client.send(new GetRecordsCommand({ ShardIterator, Limit })),
  }
}

/** The contents of records, in their order. */
export function contents({ Records = [] }: Pick<GetRecordsCommandOutput, 'Records'>): string[] {
  return Records.map(({ Data = new Uint8Array() }) => Buffer.from(Data).toString())
}

/** Collects metrics as texts: the name, the value and the unit. */
export function collectMetrics(): { told: string[]; record: (region: string, data: Datum[]) => void } {
  const told: string[] = []
  return {
    told,
    record: (_, data) => void told.push(...data.map(({ name, value, unit }) => `${name} ${value} ${unit}`)),
  }
}
