import type { LogEvent } from '../model/event.ts'

type Ordered = Pick<LogEvent, 'id' | 'timestamp' | 'ingested'>

/** An event whose turn has come. */
export interface Arrived<Event> {
  event: Event
  /**
   * How far up it belongs, milliseconds: something of that much later was given before it. Undefined for one on time.
   */
  lateMs?: number
}

/** Holds events for a moment, so that those of several streams and groups come in the order of their times. */
export interface InOrder<Event> {
  add(events: readonly Event[], now: number): void
  /** The events that were held long enough, in order. */
  take(now: number, before?: number): Arrived<Event>[]
  /** The number of events that are held. */
  size(): number
}

/**
 * Events wait until `holdMs` after their time, or after their arrival if their time is in the future. Later ones are
 * given as late. A clock that is ahead makes no other event late.
 */
export function inOrder<Event extends Ordered>(holdMs: number): InOrder<Event> {
  let held: { event: Event; due: number }[] = []
  let frontier = Number.NEGATIVE_INFINITY
  const arrived = (event: Event, now: number): Arrived<Event> => {
    const lateMs = frontier - event.timestamp
    frontier = Math.max(frontier, Math.min(event.timestamp, now - holdMs))
    return lateMs > 0 ? { event, lateMs } : { event }
  }
  return {
    size: () => held.length,
    add(events, now) {
      for (const event of events) held.push({ event, due: Math.min(event.timestamp, now) + holdMs })
    },
    take(now, before = Number.POSITIVE_INFINITY) {
      const isOver = ({ event, due }: (typeof held)[number]) => due <= now && event.timestamp < before
      const over = held.filter(isOver)
      if (over.length === 0) return []
      held = held.filter((each) => !isOver(each))
      return over
        .map(({ event }) => event)
        .toSorted(byTime)
        .map((event) => arrived(event, now))
    },
  }
}

/** The order of a log: by time, then by arrival, then by id so that it is the same each time. */
function byTime(one: Ordered, other: Ordered): number {
  return (
    one.timestamp - other.timestamp ||
    one.ingested - other.ingested ||
    (one.id < other.id ? -1 : Number(one.id > other.id))
  )
}
