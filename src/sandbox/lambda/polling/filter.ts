import type { FilterCriteria } from '@aws-sdk/client-lambda'
import { type EventPattern, eventPattern } from '../../event-patterns/event-pattern.ts'
import type { StreamRecord } from '../../streams/stream-reader.ts'
import type { BatchRecord } from './batch.ts'

/** Tells whether a function wants a message. It needs to fit one of the patterns. */
export function wanting(criteria: FilterCriteria | undefined): (record: BatchRecord) => boolean {
  const fits = fitting(criteria)
  return (record) => fits(() => ({ ...record, body: structureIn(record.body) ?? record.body }))
}

/** Tells whether a function wants a record of a stream. Of Kinesis's, patterns name the members by themselves. */
export function wantingRecords(criteria: FilterCriteria | undefined): (record: StreamRecord) => boolean {
  const fits = fitting(criteria)
  return ({ event }) => fits(() => (event.eventSource === 'aws:kinesis' ? flat(event) : event))
}

function fitting(criteria: FilterCriteria | undefined): (view: () => object) => boolean {
  const patterns = (criteria?.Filters ?? []).map(({ Pattern = '{}' }): EventPattern => eventPattern(Pattern))
  if (patterns.length === 0) return () => true
  return (view) => {
    const seen = view()
    return patterns.some((fits) => fits(seen))
  }
}

function flat(event: StreamRecord['event']): object {
  const kinesis = event['kinesis'] as { data: string }
  const text = Buffer.from(kinesis.data, 'base64').toString()
  return { ...event, ...kinesis, data: structureIn(text) ?? text }
}

/** A content that is JSON is filtered by its fields. */
function structureIn(body: string): object | undefined {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
