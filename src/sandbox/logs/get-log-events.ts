import type { GetLogEventsRequest, GetLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { invalidParameter } from './errors.ts'
import { isBefore, type Place, parsePlace, placeId, type StoredEvent, sizeOf, startOf } from './events.ts'
import type { LogStore } from './log-store.ts'
import { groupNameOf } from './names.ts'

/** AWS's limits of a page. */
const mostEvents = 10_000
const mostBytes = 1_048_576

/**
 * GetLogEvents: one stream, from `startTime` (inclusive) to `endTime` (exclusive); the newest page unless startFromHead
 * is set.
 *
 * A token is a place between two events and a direction: `f/` reads forward from it, `b/` backward. At either end the
 * new token equals the given one.
 */
export function getLogEvents(store: LogStore) {
  return (input: GetLogEventsRequest): GetLogEventsResponse => {
    const group = store.group(groupNameOf(input))
    const stream = store.stream(group, input.logStreamName ?? '')
    const low = startOf(input.startTime ?? 0)
    const high = startOf(input.endTime ?? Number.MAX_SAFE_INTEGER)
    const limit = input.limit ?? mostEvents
    const { forward, place } = cursorOf(input)
    const page = forward
      ? firstOf(store.events.inStream(group, stream, { from: later(low, place ?? low), to: high }), limit)
      : firstOf(
          store.events.inStream(group, stream, { from: low, to: earlier(high, place ?? high) }, true),
          limit,
        ).toReversed()
    return {
      events: page.map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime })),
      nextForwardToken: `f/${placeId(afterLast(page, place ?? low))}`,
      nextBackwardToken: `b/${placeId(page[0] ?? place ?? low)}`,
    }
  }
}

/** The direction, and the place of the token if there is one. */
function cursorOf({ nextToken, startFromHead = false }: GetLogEventsRequest): {
  forward: boolean
  place?: Place
} {
  if (nextToken === undefined) return { forward: startFromHead }
  const place = /^[fb]\//.test(nextToken) ? parsePlace(nextToken.slice(2)) : undefined
  if (!place) throw invalidParameter('The specified nextToken is invalid.')
  return { forward: nextToken.startsWith('f/'), place }
}

function later(one: Place, other: Place): Place {
  return isBefore(one, other) ? other : one
}

function earlier(one: Place, other: Place): Place {
  return isBefore(one, other) ? one : other
}

function afterLast(page: StoredEvent[], otherwise: Place): Place {
  const last = page.at(-1)
  return last ? { timestamp: last.timestamp, sequence: last.sequence + 1 } : otherwise
}

/** The first events, within the limits of a page. */
function firstOf(events: Iterable<StoredEvent>, limit: number): StoredEvent[] {
  const page: StoredEvent[] = []
  let bytes = 0
  for (const event of events) {
    bytes += sizeOf(event)
    if (page.length === limit || (bytes > mostBytes && page.length > 0)) break
    page.push(event)
  }
  return page
}
