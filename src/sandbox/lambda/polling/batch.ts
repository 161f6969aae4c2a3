import type { ReceivedMessage } from '../../sqs/reader.ts'
import { reportedFailures } from './failures.ts'

/** The most bytes of an event, as of a synchronous invocation. */
export const largestEvent = 6_291_456

/** A message as the functions of a mapping see it. */
export interface BatchRecord extends ReceivedMessage {
  eventSource: 'aws:sqs'
  eventSourceARN: string
  awsRegion: string
}

/** The messages of a queue as records, in batches that each fit into an event. */
export function batchesOf(queueArn: string, messages: readonly ReceivedMessage[]): BatchRecord[][] {
  const awsRegion = queueArn.split(':')[3] ?? ''
  const batches: BatchRecord[][] = []
  let bytes = largestEvent
  for (const message of messages) {
    const record: BatchRecord = { ...message, eventSource: 'aws:sqs', eventSourceARN: queueArn, awsRegion }
    const size = Buffer.byteLength(JSON.stringify(record)) + 1
    if (bytes + size > largestEvent) {
      batches.push([])
      bytes = '{"Records":[]}'.length
    }
    batches.at(-1)?.push(record)
    bytes += size
  }
  return batches
}

/**
 * The records that a function has not handled, by its answer with `ReportBatchItemFailures`: those that it names, none
 * for an answer without names, and all for an answer that Lambda can't understand.
 */
export function failedRecords(records: readonly BatchRecord[], answer: Uint8Array): readonly BatchRecord[] {
  const ids = reportedFailures(answer, new Set(records.map(({ messageId }) => messageId)))
  return ids ? records.filter(({ messageId }) => ids.includes(messageId)) : records
}
