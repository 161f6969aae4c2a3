import { ServiceError } from '../../protocol/service-error.ts'
import type { ShardPlace, StreamRecord } from '../../streams/stream-reader.ts'
import type { LambdaContext } from '../records/context.ts'
import type { MappingRecord } from '../records/mappings.ts'
import type { FunctionVersion } from '../records/records.ts'
import { reportedFailures } from './failures.ts'
import { type GivenUpBatch, giveUp } from './give-up.ts'
import { invokeMapped, type Ran } from './invoke-mapped.ts'
import { countEvents } from './mapping-metrics.ts'
import type { ShardFeed } from './shard-feed.ts'
import {
  afterInvocation,
  batchesOfRecords,
  type NextSteps,
  partOld,
  type StreamBatch,
} from './stream-batch.ts'
import { recordIteratorAge } from './stream-metrics.ts'

/** A shard without records is asked again after this time, milliseconds. */
const pollMs = 20_000
/** Lambda tries a failed batch again later each time; milliseconds. */
const backOffMs = { first: 500, longest: 60_000 }

/** One batch of a shard at a time. */
export interface Lane {
  context: LambdaContext
  /** The mapping as it is now, while this lane is in use. */
  current: () => MappingRecord | undefined
  feed: ShardFeed
  place: ShardPlace
  lane: number
}

/** Hands the records of a lane to the function, batch after batch, while the mapping is enabled. */
export async function runLane(lane: Lane): Promise<void> {
  for (let mapping = lane.current(); mapping; mapping = lane.current()) {
    const records = await gather(lane, mapping)
    if (records.length > 0) await handle(lane, records)
  }
}

/** Takes a batch: what is there, or as much as comes within the window of the mapping. */
async function gather({ context, feed, lane }: Lane, { settings }: MappingRecord): Promise<StreamRecord[]> {
  const { BatchSize: most = 100, MaximumBatchingWindowInSeconds: window = 0 } = settings
  const records = feed.take(lane, most)
  if (records.length === 0) {
    await feed.untilMore(pollMs)
    return records
  }
  const end = context.clock() + window * 1000
  for (let left = end - context.clock(); left > 0 && records.length < most; left = end - context.clock()) {
    await feed.untilMore(left)
    records.push(...feed.take(lane, most - records.length))
  }
  return records
}

/** Hands records to the function until it has handled them all, or some are given up, or the mapping is left. */
async function handle(lane: Lane, records: readonly StreamRecord[]): Promise<void> {
  const { context, current, feed } = lane
  const batches = batchesOfRecords(records)
  let last: Ran | undefined
  let delay = backOffMs.first
  for (let next = batches.shift(); next; next = batches.shift()) {
    const mapping = current()
    if (!mapping) return
    const { old, batch } = partOld(next, mapping.settings, context.clock())
    if (old.length > 0) {
      const aged = { ...next, records: old }
      await drop(lane, mapping, { batch: aged, condition: 'RecordAgeExceeded', last })
    }
    if (batch.records.length === 0) continue
    const ran = await attempt(lane, mapping, batch)
    last = ran ?? last
    const steps: NextSteps = ran
      ? afterInvocation(batch, failedFrom(mapping, batch, ran), mapping.settings)
      : { handled: [], next: [batch] }
    feed.pass(steps.handled)
    countEvents(context, mapping, 'FailedInvokeEventCount', batch.records.length - steps.handled.length)
    if (steps.givenUp) {
      await drop(lane, mapping, { batch: steps.givenUp, condition: 'RetryAttemptsExhausted', last })
    }
    batches.unshift(...steps.next)
    if (steps.next.length === 0) delay = backOffMs.first
    // Parts of a batch are tried at once.
    if (steps.next.length !== 1) continue
    await new Promise<void>((resolve) => context.timers.after(delay, resolve))
    delay = Math.min(delay * 2, backOffMs.longest)
  }
}

/** Gives records up, and goes on behind them. */
async function drop(
  { context, feed, place }: Lane,
  mapping: MappingRecord,
  given: Omit<GivenUpBatch, 'place'>,
): Promise<void> {
  await giveUp(context, mapping, { ...given, place })
  feed.pass(given.batch.records)
}

/** Invokes the function. @returns undefined if it did not run, so that the batch is tried again */
async function attempt(
  { context }: Lane,
  mapping: MappingRecord,
  { records }: StreamBatch,
): Promise<Ran | undefined> {
  recordIteratorAge(context, mapping, records.at(-1)?.arrivedAt ?? 0)
  try {
    const ran = await invokeMapped(context, mapping, (version) => eventOf(records, version))
    countEvents(context, mapping, 'InvokedEventCount', records.length)
    noteResult(context, mapping, ran.outcome.functionError === undefined)
    return ran
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    noteResult(context, mapping, false)
    return undefined
  }
}

/** Lambda tells a function of Kinesis's records with which role it runs. */
function eventOf(records: readonly StreamRecord[], { configuration }: FunctionVersion): object {
  const Records = records.map(({ event }) =>
    event.eventSource === 'aws:kinesis' ? { ...event, invokeIdentityArn: configuration.Role } : event,
  )
  return { Records }
}

/** The index of the first record that failed; undefined if none did. */
function failedFrom(
  { settings }: MappingRecord,
  { records }: StreamBatch,
  { outcome: { functionError, payload } }: Ran,
): number | undefined {
  if (functionError) return 0
  if (!settings.FunctionResponseTypes?.includes('ReportBatchItemFailures')) return undefined
  const numbers = records.map(({ sequenceNumber }) => sequenceNumber)
  const failed = reportedFailures(payload, new Set(numbers))
  if (!failed) return 0
  const first = numbers.findIndex((number) => failed.includes(number))
  return first === -1 ? undefined : first
}

/** Keeps how the last invocation of a mapping went, in Lambda's words. */
function noteResult({ mappings }: LambdaContext, { uuid }: MappingRecord, isGood: boolean): void {
  const LastProcessingResult = isGood ? 'OK' : 'PROBLEM: Function call failed'
  const now = mappings.get(uuid)
  if (!now || now.settings.LastProcessingResult === LastProcessingResult) return
  mappings.keep({ ...now, settings: { ...now.settings, LastProcessingResult } })
}
