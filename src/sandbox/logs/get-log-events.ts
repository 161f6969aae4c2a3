import type { GetLogEventsRequest, GetLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { invalidParameter } from './errors.ts'
import { indexAt, type Place, parsePlace, placeId, type StoredEvent, sizeOf, startOf } from './events.ts'
import type { LogStore } from './log-store.ts'
import { groupNameOf } from './names.ts'
import { limitOf } from './paging.ts'

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
    const { events } = store.stream(group, input.logStreamName ?? '')
    const low = indexAt(events, startOf(input.startTime ?? 0))
    const high = indexAt(events, startOf(input.endTime ?? Number.MAX_SAFE_INTEGER))
    const limit = limitOf(input.limit, mostEvents)
    const cursor = cursorOf(input, events, high)
    const at = Math.min(Math.max(indexAt(events, cursor.place), low), high)
    const [start, end] = cursor.forward
      ? [at, forwardEnd(events, at, Math.min(at + limit, high))]
      : [backwardStart(events, Math.max(at - limit, low), at), at]
    const page = events.slice(start, end)
    return {
      events: page.map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime })),
      nextForwardToken: `f/${placeId(afterLast(page, cursor.place))}`,
      nextBackwardToken: `b/${placeId(page[0] ?? cursor.place)}`,
    }
  }
}

/** The place to read from: the token, or the head or tail of the range. */
function cursorOf(
  { nextToken, startFromHead, startTime }: GetLogEventsRequest,
  events: StoredEvent[],
  high: number,
): { forward: boolean; place: Place } {
  if (nextToken !== undefined) {
    const place = /^[fb]\//.test(nextToken) ? parsePlace(nextToken.slice(2)) : undefined
    if (!place) throw invalidParameter('The specified nextToken is invalid.')
    return { forward: nextToken.startsWith('f/'), place }
  }
  if (startFromHead) return { forward: true, place: startOf(startTime ?? 0) }
  return { forward: false, place: events[high] ?? afterLast(events, startOf(startTime ?? 0)) }
}

function afterLast(page: StoredEvent[], otherwise: Place): Place {
  const last = page.at(-1)
  return last ? { timestamp: last.timestamp, sequence: last.sequence + 1 } : otherwise
}

/** The end of a page that starts at `start`, within `mostBytes`. */
function forwardEnd(events: StoredEvent[], start: number, most: number): number {
  let bytes = 0
  for (let index = start; index < most; index++) {
    bytes += sizeOf(events[index] ?? { message: '' })
    if (bytes > mostBytes) return Math.max(index, start + 1)
  }
  return most
}

function backwardStart(events: StoredEvent[], least: number, end: number): number {
  let bytes = 0
  for (let index = end - 1; index >= least; index--) {
    bytes += sizeOf(events[index] ?? { message: '' })
    if (bytes > mostBytes) return Math.min(index + 1, end - 1)
  }
  return least
}
