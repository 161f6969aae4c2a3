import type { LogEvent } from '../model/event.ts'
import { digestOf, secondOf } from './digest.ts'

/** Live Tail gives events without an id. */
type LiveEvent = Omit<LogEvent, 'id'>

/** Matches the events of two ways of reading, so that each event is shown once, by whichever way was quicker. */
export interface LiveMatches {
  /** The events of Live Tail that polling has not given yet. */
  live<Event extends LiveEvent>(events: readonly Event[]): Event[]
  /** The events of polling that Live Tail has not given yet. Each event is to be given once. */
  polled<Event extends LiveEvent>(events: readonly Event[]): Event[]
  /** Forgets events of before a time. Milliseconds since the epoch. */
  forgetBefore(time: number): void
  /** The number of events that polling alone gave, of those that CloudWatch took in a time. */
  polledAlone(from: number, before: number): number
}

/**
 * How much more often Live Tail gave each event than polling did; events that both gave equally often are left out.
 * By a digest of the event, under the second of the timestamp.
 */
type Surplus = Map<number, number>

/**
 * Matches by all that an event has, and counts: lines that are alike in all of it are legal, and each of them is shown.
 *
 * @param since polling alone gives the events that CloudWatch took before this time. Milliseconds since the epoch.
 */
export function liveMatches(since = Number.NEGATIVE_INFINITY): LiveMatches {
  const bySecond = new Map<number, Surplus>()
  const aloneBySecond = new Map<number, number>()
  /** Counts an event, and returns its surplus. */
  const counted = (event: LiveEvent, by: 1 | -1) => {
    const second = secondOf(event.timestamp)
    const surplus: Surplus = bySecond.get(second) ?? new Map()
    bySecond.set(second, surplus)
    const key = keyOf(event)
    const count = (surplus.get(key) ?? 0) + by
    if (count === 0) surplus.delete(key)
    else surplus.set(key, count)
    return count
  }
  const alone = (event: LiveEvent, by: 1 | -1) => {
    const second = secondOf(event.ingested)
    aloneBySecond.set(second, (aloneBySecond.get(second) ?? 0) + by)
  }
  return {
    live: (events) =>
      events.filter((event) => {
        if (event.ingested < since) return false
        const isFirst = counted(event, 1) > 0
        if (!isFirst) alone(event, -1)
        return isFirst
      }),
    polled: (events) =>
      events.filter((event) => {
        if (event.ingested < since) return true
        const isFirst = counted(event, -1) < 0
        if (isFirst) alone(event, 1)
        return isFirst
      }),
    forgetBefore(time) {
      for (const second of bySecond.keys()) if (second < secondOf(time)) bySecond.delete(second)
    },
    polledAlone(from, before) {
      const isWithin = (second: number) => second >= secondOf(from) && second < secondOf(before)
      return Array.from(aloneBySecond).reduce(
        (sum, [second, count]) => (isWithin(second) ? sum + count : sum),
        0,
      )
    },
  }
}

function keyOf({ group, stream, timestamp, ingested, message }: LiveEvent): number {
  return digestOf(JSON.stringify([group, stream, timestamp, ingested, message]))
}
