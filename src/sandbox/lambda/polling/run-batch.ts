import type { Outcome } from '../../execution/model/executor.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import type { LambdaContext } from '../records/context.ts'
import type { MappingRecord } from '../records/mappings.ts'
import { type BatchRecord, failedRecords } from './batch.ts'
import { wanting } from './filter.ts'
import { invokeMapped } from './invoke-mapped.ts'
import { countEvents } from './mapping-metrics.ts'

/** After a throttle Lambda tries again later each time; milliseconds. */
const throttleDelayMs = { first: 1000, longest: 60_000 }

/**
 * Runs a batch of messages, and deletes those that the function has handled and those that no filter wants. All others
 * come again when their visibility time-out is over.
 *
 * @param until the end of that time, milliseconds since the epoch
 * @returns whether the function has handled a part of it
 */
export async function runBatch(
  context: LambdaContext,
  mapping: MappingRecord,
  records: readonly BatchRecord[],
  until: number,
): Promise<boolean> {
  const count = (name: Parameters<typeof countEvents>[2], value: number) =>
    countEvents(context, mapping, name, value)
  const isWanted = wanting(mapping.settings.FilterCriteria)
  const wanted = records.filter(isWanted)
  const unwanted = records.filter((record) => !wanted.includes(record))
  remove(context, unwanted)
  count('PolledEventCount', records.length)
  count('FilteredOutEventCount', unwanted.length)
  if (wanted.length === 0) return true
  const outcome = await invokeUntil(context, mapping, wanted, until)
  if (outcome) count('InvokedEventCount', wanted.length)
  const failed = outcome ? failedIn(mapping, wanted, outcome) : wanted
  const handled = wanted.filter((record) => !failed.includes(record))
  remove(context, handled)
  count('FailedInvokeEventCount', failed.length)
  count('DeletedEventCount', handled.length)
  return handled.length > 0
}

function remove({ queues }: LambdaContext, records: readonly BatchRecord[]): void {
  const [one] = records
  if (one) queues.delete(one.eventSourceARN, records)
}

function failedIn(
  { settings }: MappingRecord,
  records: readonly BatchRecord[],
  { functionError, payload }: Outcome,
): readonly BatchRecord[] {
  if (functionError) return records
  const reportsEach = settings.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false
  return reportsEach ? failedRecords(records, payload) : []
}

/**
 * Invokes the function of a mapping, again after throttles.
 *
 * @returns undefined if it did not run, so that its messages come again
 */
async function invokeUntil(
  context: LambdaContext,
  mapping: MappingRecord,
  records: readonly BatchRecord[],
  until: number,
): Promise<Outcome | undefined> {
  for (let delay = throttleDelayMs.first; ; delay = Math.min(delay * 2, throttleDelayMs.longest)) {
    try {
      return (await invokeMapped(context, mapping, () => ({ Records: records }))).outcome
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      // The function was deleted, or is not Active.
      if (error.status !== 429 || context.clock() + delay >= until) return undefined
    }
    await new Promise<void>((resolve) => context.timers.after(delay, resolve))
  }
}
