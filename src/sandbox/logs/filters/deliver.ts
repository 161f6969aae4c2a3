import { gzipSync } from 'node:zlib'
import { eventId, type StoredEvent } from '../events.ts'
import { filterPattern } from '../patterns/filter-pattern.ts'
import type { SubscriptionRecord } from './subscription-filters.ts'

/**
 * The event that a function gets with the events of one stream.
 *
 * @returns undefined if none matches
 */
export function delivery(filter: SubscriptionRecord, events: readonly StoredEvent[]): object | undefined {
  const matches = filterPattern(filter.pattern)
  const matching = events.filter(({ message }) => matches(message))
  if (matching.length === 0) return undefined
  const data = {
    messageType: 'DATA_MESSAGE',
    owner: filter.account,
    logGroup: filter.groupName,
    logStream: matching[0]?.stream,
    subscriptionFilters: [filter.name],
    logEvents: matching.map((event) => ({
      id: eventId(event),
      timestamp: event.timestamp,
      message: event.message,
    })),
  }
  return { awslogs: { data: gzipSync(JSON.stringify(data)).toString('base64') } }
}
