import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  FilterLogEventsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import {
  CreateAliasCommand,
  GetAliasCommand,
  type LambdaClient,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { make, settled } from './functions.ts'

/** The size of a state. The events lie in four groups. */
export interface Amounts {
  functions: number
  versionsOfEach: number
  events: number
}

const groups = ['/bench/0', '/bench/1', '/bench/2', '/bench/3']
const stream = 'one'
const alias = 'live'
const model = 'bench-0'
/** The events of the last minute, in each group. */
const recent = 1000
/** As many events as PutLogEvents takes, and of a size that it takes. */
const batch = 10_000
const message = 'a line of a handler'.padEnd(70, '.')

/** Makes one function with its versions, as any client does. */
export async function makeModel(client: LambdaClient, versions: number): Promise<void> {
  await make(client, model, 'node')
  for (let version = 1; version <= versions; version += 1) {
    const FunctionName = model
    await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, Description: `${version}` }))
    await settled(client, model)
    await client.send(new PublishVersionCommand({ FunctionName }))
  }
  const input = { FunctionName: model, Name: alias, FunctionVersion: String(versions) }
  await client.send(new CreateAliasCommand(input))
  // The last version becomes active.
  await sleep(1000)
}

/** Writes old events, an hour of them and more, then those of the last minute. */
export async function writeEvents(client: CloudWatchLogsClient, events: number): Promise<void> {
  const now = Date.now()
  for (const logGroupName of groups) {
    await client.send(new CreateLogGroupCommand({ logGroupName }))
    await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName: stream }))
    const old = Math.max(0, events / groups.length - recent)
    for (let written = 0; written < old; written += batch) {
      const count = Math.min(batch, old - written)
      await put(client, logGroupName, count, (index) => now - 7_200_000 + Math.floor((written + index) / 100))
    }
    await put(client, logGroupName, recent, (index) => now - 50_000 + index * 50)
  }
}

async function put(
  client: CloudWatchLogsClient,
  logGroupName: string,
  count: number,
  timestamp: (index: number) => number,
): Promise<void> {
  const logEvents = Array.from({ length: count }, (_, index) => ({ timestamp: timestamp(index), message }))
  await client.send(new PutLogEventsCommand({ logGroupName, logStreamName: stream, logEvents }))
}

/** Copies the records of the function under other names, in the database of a sandbox that has ended. */
export function multiply(state: string, functions: number): void {
  using database = new DatabaseSync(join(state, 'state.db'))
  const rows = database.prepare("SELECT key, record FROM records WHERE kind = 'function'").all()
  const insert = database.prepare("INSERT INTO records VALUES ('function', ?, ?)")
  database.exec('BEGIN')
  for (let copy = 1; copy < functions; copy += 1) {
    const renamed = (text: unknown) => String(text).replaceAll(model, `bench-${copy}`)
    for (const { key, record } of rows) insert.run(renamed(key), renamed(record))
  }
  database.exec('COMMIT')
}

/** Milliseconds of calls, one after the other. */
export async function aliasTimes(client: LambdaClient, functions: number, calls: number): Promise<number[]> {
  return timesOf(calls, (call) => {
    const FunctionName = `bench-${(call * 7919) % functions}`
    return client.send(new GetAliasCommand({ FunctionName, Name: alias }))
  })
}

/** Milliseconds of reads of the minute before the last event, one after the other; each finds all its events. */
export async function minuteTimes(client: CloudWatchLogsClient, calls: number): Promise<number[]> {
  const { events: [any] = [] } = await client.send(
    new FilterLogEventsCommand({ logGroupName: groups[0], limit: 1, startTime: Date.now() - 3_600_000 }),
  )
  const startTime = any?.timestamp ?? 0
  return timesOf(calls, async (call) => {
    const logGroupName = groups[call % groups.length]
    const input = { logGroupName, startTime, endTime: startTime + 60_000 }
    const { events } = await client.send(new FilterLogEventsCommand(input))
    if (events?.length !== recent) throw new Error(`Got ${events?.length} events, expected ${recent}.`)
  })
}

async function timesOf(calls: number, one: (call: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  for (let call = 0; call < calls; call += 1) {
    const start = performance.now()
    await one(call)
    times.push(performance.now() - start)
  }
  return times
}
