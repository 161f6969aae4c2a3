import { type Pace, realPace } from '../clock.ts'
import type { Service } from '../protocol/service.ts'
import type { Part } from '../state/persistent.ts'
import type { StreamReader } from '../streams/stream-reader.ts'
import { createWaits } from '../waits.ts'
import { operationNames } from './operation-names.ts'
import type { LoadedTables } from './operations/all.ts'
import { RowStore } from './row-store.ts'
import { tableStreamReader } from './streams/reader.ts'
import { StreamStore } from './streams/stream-store.ts'
import { createTimesToLive } from './time-to-live.ts'

interface DynamoDbDependencies {
  /** Milliseconds since the epoch. */
  clock: () => number
  /** Default: real time. */
  pace?: Pace
}

/** Old records and expired items go each minute, milliseconds. */
const beatMs = 60_000

/** DynamoDB: tables with their streams. dynalite and the clients are loaded with the first request. */
export function dynamoDbService({ clock, pace = realPace }: DynamoDbDependencies): {
  service: Service
  persistent: Part[]
  reader: StreamReader
  /** Deletes the items whose time to live is over, and drops the records of streams that are too old. */
  clean: () => Promise<void>
  close(): void
} {
  const streams = new StreamStore(clock)
  const rows = new RowStore()
  const timesToLive = createTimesToLive()
  const waits = createWaits(pace)
  let loaded: Promise<LoadedTables> | undefined
  const load = () =>
    (loaded ??= import('./operations/all.ts').then(({ loadTables }) =>
      loadTables({ streams, rows, timesToLive, clock }),
    ))
  const clean = async () => {
    streams.trim()
    if (timesToLive.size > 0) await (await load()).deleteExpired()
  }
  let cleaning: Promise<void> | undefined
  const beat = () => {
    cleaning ??= clean()
      .catch(console.error)
      .finally(() => {
        cleaning = undefined
      })
  }
  const timer = setInterval(beat, pace.beatMs(beatMs)).unref()
  return {
    service: {
      signingName: 'dynamodb',
      protocol: {
        kind: 'awsJson',
        version: '1.0',
        target: ['DynamoDB_20120810', 'DynamoDBStreams_20120810'],
        capitalised: new Set(['TransactionCanceledException', 'IdempotentParameterMismatchException']),
      },
      schemas: new Map(),
      operations: {},
      deferred: { operationNames, load },
    },
    persistent: [rows, ...streams.persistent, timesToLive],
    reader: tableStreamReader(streams, waits, async (arn, content) => {
      const opened = streams.byArn(arn)
      return opened && (await (await load()).feed(opened.stream, content))
    }),
    clean,
    close() {
      clearInterval(timer)
      waits.close()
    },
  }
}
