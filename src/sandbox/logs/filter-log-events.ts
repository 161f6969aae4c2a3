import type { FilterLogEventsRequest, FilterLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { invalidParameter, noStream } from './errors.ts'
import { eventId, type Place, parsePlace, placeId, type StoredEvent, sizeOf, startOf } from './events.ts'
import type { LogStore } from './log-store.ts'
import { groupNameOf } from './names.ts'
import { invalidToken } from './paging.ts'
import { filterPattern } from './patterns/filter-pattern.ts'
import type { Span } from './storage/event-table.ts'
import type { Group } from './stored-group.ts'

/** AWS's limits of a page. */
const mostEvents = 10_000
const mostBytes = 1_048_576
/** The most events that one request examines. As in AWS, a page may be empty and still have a nextToken. */
const mostScanned = 50_000

/**
 * FilterLogEvents: all streams of a group, merged by timestamp and arrival, from `startTime` to `endTime`, both
 * inclusive. The token is the place of the next event.
 */
export function filterLogEvents(store: LogStore) {
  return (input: FilterLogEventsRequest): FilterLogEventsResponse => {
    const group = store.group(groupNameOf(input))
    const limit = input.limit ?? mostEvents
    const wanted = wantedEvents(group, input)
    const from = input.nextToken === undefined ? startOf(input.startTime ?? 0) : placeOf(input.nextToken)
    const to = startOf((input.endTime ?? Number.MAX_SAFE_INTEGER - 1) + 1)
    const { page, next } = scan(eventsOf(store, group, input, { from, to }), limit, wanted)
    return {
      events: page.map((event) => ({
        logStreamName: event.stream,
        timestamp: event.timestamp,
        message: event.message,
        ingestionTime: event.ingestionTime,
        eventId: eventId(event),
      })),
      searchedLogStreams: [],
      ...(next && { nextToken: Buffer.from(placeId(next)).toString('base64url') }),
    }
  }
}

/** One stream has fewer events than its group. */
function eventsOf(
  { events }: LogStore,
  group: Group,
  { logStreamNames = [] }: FilterLogEventsRequest,
  span: Span,
): Iterable<StoredEvent> {
  const only = logStreamNames.length === 1 ? group.streams.get(logStreamNames[0] ?? '') : undefined
  return only ? events.inStream(group, only, span) : events.inGroup(group, span)
}

function wantedEvents(group: Group, input: FilterLogEventsRequest): (event: StoredEvent) => boolean {
  const { logStreamNames, logStreamNamePrefix: prefix, filterPattern: pattern = '' } = input
  if (logStreamNames && prefix !== undefined) {
    throw invalidParameter('logStreamNames and logStreamNamePrefix are mutually exclusive parameters.')
  }
  if (logStreamNames?.some((name) => !group.streams.has(name))) throw noStream()
  const names = logStreamNames && new Set(logStreamNames)
  const matches = filterPattern(pattern)
  return ({ stream, message }) =>
    (names?.has(stream) ?? true) && stream.startsWith(prefix ?? '') && matches(message)
}

function scan(
  events: Iterable<StoredEvent>,
  limit: number,
  wanted: (event: StoredEvent) => boolean,
): { page: StoredEvent[]; next?: Place } {
  const page: StoredEvent[] = []
  let bytes = 0
  let scanned = 0
  for (const event of events) {
    if (page.length === limit || scanned === mostScanned) return { page, next: event }
    scanned += 1
    if (!wanted(event)) continue
    bytes += sizeOf(event)
    if (bytes > mostBytes && page.length > 0) return { page, next: event }
    page.push(event)
  }
  return { page }
}

function placeOf(token: string): Place {
  const place = parsePlace(Buffer.from(token, 'base64url').toString('utf8'))
  if (!place) throw invalidToken()
  return place
}
