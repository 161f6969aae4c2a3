import type { LogEvent } from '../model/event.ts'

type Ordered = Pick<LogEvent, 'id' | 'timestamp' | 'ingested'>

/** An event whose turn has come. */
export interface Arrived<Event> {
  event: Event
  /** How far up it belongs, milliseconds: something of that much later was given before it. Undefined for one on time. */
  lateMs?: number
}

/** Holds events for a moment, so that those of several streams and groups come in the order of their times. */
export interface InOrder<Event> {
  add(events: readonly Event[], now: number): void
  /** The events whose moment is over, in order; all of them at the end. */
  take(now: number): Arrived<Event>[]
  /** The time at which the next event's moment is over; undefined without one. */
  dueAt(): number | undefined
}

/**
 * Events wait until `holdMs` after their time, or after their arrival where their time lies ahead. Whatever comes after
 * that is given as late. A clock that is ahead makes no other event late.
 *
 * @param holdMs 0 gives each batch at once, in order
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
    add(events, now) {
      for (const event of events) held.push({ event, due: Math.min(event.timestamp, now) + holdMs })
    },
    take(now) {
      const over = held.filter(({ due }) => due <= now)
      if (over.length === 0) return []
      held = held.filter(({ due }) => due > now)
      return over
        .map(({ event }) => event)
        .toSorted(byTime)
        .map((event) => arrived(event, now))
    },
    dueAt: () => held.reduce<number | undefined>((first, { due }) => Math.min(first ?? due, due), undefined),
  }
}

/** The order of a log: by time, then by arrival, then by id so that it is the same each time. */
export function byTime(one: Ordered, other: Ordered): number {
  return (
    one.timestamp - other.timestamp ||
    one.ingested - other.ingested ||
    (one.id < other.id ? -1 : Number(one.id > other.id))
  )
}
