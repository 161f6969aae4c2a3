import type { StreamRecord } from '../../streams/stream-reader.ts'
import type { MappingSettings } from '../records/mappings.ts'
import { largestEvent } from './batch.ts'

/** The most bytes of a role's ARN in a record with its name. */
const roleBytes = 300

/** Records of one shard that a function gets together. */
export interface StreamBatch {
  records: readonly StreamRecord[]
  /** How often it failed, without the failures after which it was split. */
  failures: number
  /** How often the function got it or the batch from which it was split. */
  invocations: number
}

/** The reasons for which Lambda gives a batch up. */
export type GivenUp = 'RetryAttemptsExhausted' | 'RecordAgeExceeded'

type Rules = Pick<
  MappingSettings,
  'BisectBatchOnFunctionError' | 'MaximumRecordAgeInSeconds' | 'MaximumRetryAttempts'
>

/** Parts records into batches that each fit into an event. */
export function batchesOfRecords(records: readonly StreamRecord[]): StreamBatch[] {
  const parts: StreamRecord[][] = []
  let bytes = largestEvent
  for (const record of records) {
    const size = Buffer.byteLength(JSON.stringify(record.event)) + roleBytes
    if (bytes + size > largestEvent) {
      parts.push([])
      bytes = '{"Records":[]}'.length
    }
    parts.at(-1)?.push(record)
    bytes += size
  }
  return parts.map((part) => ({ records: part, failures: 0, invocations: 0 }))
}

/**
 * Parts the records that are older than the mapping allows from a batch.
 *
 * @param now milliseconds since the epoch
 */
export function partOld(
  batch: StreamBatch,
  { MaximumRecordAgeInSeconds: age = -1 }: Rules,
  now: number,
): { old: readonly StreamRecord[]; batch: StreamBatch } {
  if (age < 0) return { old: [], batch }
  const isOld = ({ arrivedAt }: StreamRecord) => now - arrivedAt > age * 1000
  const records = batch.records.filter((record) => !isOld(record))
  return { old: batch.records.filter(isOld), batch: { ...batch, records } }
}

/** The outcome of an invocation for the records of its batch. */
export interface NextSteps {
  handled: readonly StreamRecord[]
  /** The batches that come next, in this order. */
  next: readonly StreamBatch[]
  /** A batch that is given up. */
  givenUp?: StreamBatch
}

/**
 * Decides what comes after an invocation. Splitting a batch costs no retry, as Lambda's guide says: in two halves, or
 * with partial failures before the first failed record.
 *
 * @param failedFrom the index of the first record that failed; undefined if none did
 */
export function afterInvocation(
  { records, failures, invocations: before }: StreamBatch,
  failedFrom: number | undefined,
  { BisectBatchOnFunctionError: bisects = false, MaximumRetryAttempts: retries = -1 }: Rules,
): NextSteps {
  const handled = records.slice(0, failedFrom)
  if (failedFrom === undefined) return { handled, next: [] }
  const left = records.slice(failedFrom)
  const invocations = before + 1
  if (bisects && records.length > 1) {
    const half = handled.length > 0 ? left.length : Math.ceil(left.length / 2)
    const parts = [left.slice(0, half), left.slice(half)].filter(({ length }) => length > 0)
    return { handled, next: parts.map((part) => ({ records: part, failures, invocations })) }
  }
  const again = { records: left, failures: failures + 1, invocations }
  return retries >= 0 && again.failures > retries
    ? { handled, next: [], givenUp: again }
    : { handled, next: [again] }
}
