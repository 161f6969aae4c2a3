import type { FilterCriteria } from '@aws-sdk/client-lambda'
import { type EventPattern, eventPattern } from '../../event-patterns/event-pattern.ts'
import type { BatchRecord } from './batch.ts'

/** Tells whether a function wants a record. A record needs to fit one of the patterns. */
export function wanting(criteria: FilterCriteria | undefined): (record: BatchRecord) => boolean {
  const patterns = (criteria?.Filters ?? []).map(({ Pattern = '{}' }): EventPattern => eventPattern(Pattern))
  if (patterns.length === 0) return () => true
  return (record) => {
    const filtered = { ...record, body: structureIn(record.body) ?? record.body }
    return patterns.some((fits) => fits(filtered))
  }
}

/** A body that is JSON is filtered by its fields. */
function structureIn(body: string): object | undefined {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
