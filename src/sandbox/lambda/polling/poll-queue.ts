import type { ReceivedMessage } from '../../sqs/reader.ts'
import type { LambdaContext } from '../records/context.ts'
import type { MappingRecord } from '../records/mappings.ts'
import { batchesOf } from './batch.ts'
import { runBatch } from './run-batch.ts'
import { createSlots } from './slots.ts'

/** A poll of an empty queue ends after this time, milliseconds. */
const pollMs = 20_000
/** So many batches in a row fail before Lambda asks for fewer. */
const mostFailures = 5
const backOffMs = 1000

/** Reads the queue of a mapping while the mapping is enabled. @param find the mapping as it is now, if it is polled */
export async function pollQueue(
  context: LambdaContext,
  find: () => MappingRecord | undefined,
): Promise<void> {
  const after = (ms: number, work: () => void) => context.timers.after(ms, work)
  const slots = createSlots(context.clock, after)
  const failures = { inARow: 0 }
  for (let mapping = find(); mapping; mapping = find()) {
    const { EventSourceArn: arn = '', ScalingConfig } = mapping.settings
    if (!slots.hasFree(ScalingConfig?.MaximumConcurrency)) {
      await slots.change()
      continue
    }
    const from = context.clock()
    const messages = await gather(context, mapping)
    if (messages.length === 0) {
      slots.calm()
      await context.queues.untilMessage(arn, pollMs)
      continue
    }
    const until = from + (context.queues.find(arn)?.visibilityTimeoutSeconds ?? 0) * 1000
    for (const records of batchesOf(arn, messages)) {
      slots.take()
      void runBatch(context, mapping, records, until)
        .then((isHandled) => settle(context, failures, isHandled))
        .catch((error: unknown) => console.error(error))
        .finally(() => slots.give())
    }
  }
}

/** A function that fails again and again is called less often. */
async function settle(
  { timers }: LambdaContext,
  failures: { inARow: number },
  isHandled: boolean,
): Promise<void> {
  failures.inARow = isHandled ? 0 : failures.inARow + 1
  if (failures.inARow < mostFailures) return
  await new Promise<void>((resolve) => timers.after(backOffMs, resolve))
}

/** Receives a batch: what is there, or as much as comes within the window of the mapping. */
async function gather(
  { queues, clock }: LambdaContext,
  { settings }: MappingRecord,
): Promise<ReceivedMessage[]> {
  const {
    EventSourceArn: arn = '',
    BatchSize: most = 10,
    MaximumBatchingWindowInSeconds: window = 0,
  } = settings
  const messages = queues.receive(arn, most)
  if (messages.length === 0) return messages
  const end = clock() + window * 1000
  for (let left = end - clock(); left > 0 && messages.length < most; left = end - clock()) {
    await queues.untilMessage(arn, left)
    messages.push(...queues.receive(arn, most - messages.length))
  }
  return messages
}
