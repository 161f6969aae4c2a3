import type { ReceivedMessage } from '../../sqs/reader.ts'

/** The most bytes of an event, as of a synchronous invocation. */
const largestEvent = 6_291_456

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
  const failures = failuresIn(answer)
  if (failures === undefined) return records
  const ids = failures.map((each) => (Object(each) as { itemIdentifier?: unknown }).itemIdentifier)
  const known = new Set(records.map(({ messageId }) => messageId))
  if (ids.some((id) => typeof id !== 'string' || !known.has(id))) return records
  return records.filter(({ messageId }) => ids.includes(messageId))
}

/** Undefined for an answer that is not understood. */
function failuresIn(answer: Uint8Array): unknown[] | undefined {
  const text = Buffer.from(answer).toString().trim()
  if (text === '') return []
  try {
    const value: unknown = JSON.parse(text)
    if (value === null) return []
    if (typeof value !== 'object' || Array.isArray(value)) return undefined
    const { batchItemFailures: failures = [] } = value as { batchItemFailures?: unknown }
    if (failures === null) return []
    return Array.isArray(failures) ? failures : undefined
  } catch {
    return undefined
  }
}
