import type { Datum } from '../../telemetry.ts'
import type { StoredEvent } from '../events.ts'
import { parsePattern } from '../patterns/filter-pattern.ts'
import { jsonValue } from '../patterns/json-pattern.ts'
import type { FilterPattern } from '../patterns/pattern.ts'
import type { MetricFilterRecord } from './metric-filters.ts'

/**
 * The data that a metric filter makes of the events of one request. Events that match have the value of the
 * transformation. If none matches, there is the default value, if the filter has one, as CloudWatch reports it for a
 * minute without a match.
 */
export function metricData(filter: MetricFilterRecord, events: readonly StoredEvent[]): Datum[] {
  const { transformation, pattern } = filter
  const parsed = parsePattern(pattern)
  const common = {
    namespace: transformation.metricNamespace ?? '',
    name: transformation.metricName ?? '',
    unit: transformation.unit ?? 'None',
  }
  const matching = events.filter(({ message }) => parsed.matches(message))
  const last = events.at(-1)
  if (matching.length === 0 && last && transformation.defaultValue !== undefined) {
    return [{ ...common, dimensions: {}, value: transformation.defaultValue, timestamp: last.timestamp }]
  }
  return matching.flatMap(({ message, timestamp }) => {
    const value = numberIn(fieldOf(parsed, message, transformation.metricValue ?? ''))
    const dimensions = dimensionsOf(parsed, message, transformation.dimensions)
    return Number.isFinite(value) && dimensions ? [{ ...common, dimensions, value, timestamp }] : []
  })
}

/** A number as it is, or the value of a field. */
function fieldOf(pattern: FilterPattern, message: string, text: string): unknown {
  if (!text.startsWith('$')) return text
  return /^\$[.[]/.test(text) ? jsonValue(message, text) : pattern.values(message)[text]
}

/** NaN for anything else than a number or its text. */
function numberIn(field: unknown): number {
  if (typeof field === 'number') return field
  return typeof field === 'string' && field.trim() !== '' ? Number(field) : Number.NaN
}

/** Undefined if the message lacks one: CloudWatch reports no value then. */
function dimensionsOf(
  pattern: FilterPattern,
  message: string,
  dimensions: Readonly<Record<string, string>> = {},
): Record<string, string> | undefined {
  const found = Object.entries(dimensions).map(
    ([name, field]) => [name, fieldOf(pattern, message, field)] as const,
  )
  if (found.some(([, value]) => value === undefined || typeof value === 'object')) return undefined
  return Object.fromEntries(found.map(([name, value]) => [name, String(value as string | number)]))
}
