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
  /** The events whose turn has come, in order. */
  take(now: number, limits?: Limits): Arrived<Event>[]
  /** The number of events that are held. */
  size(): number
}

/** The times up to which events may be given; milliseconds since the epoch. */
export interface Limits {
  /** Exclusive: nothing from this time on is given. */
  before?: number | undefined
  /** All groups were read at this time or later: what is newer waits, but no longer than `mostMs` after its arrival. */
  read?: number | undefined
}

/** How long events are held; milliseconds. */
export interface Hold {
  /** At least this long after their time. */
  leastMs: number
  /** At most this long after their arrival, if groups are not read meanwhile. */
  mostMs: number
}

/** An event becomes visible this much after its time even if it is on time; milliseconds. */
const visibleMs = 100

interface Held<Event> {
  event: Event
  /** Its time, or that of its arrival if a clock that is ahead wrote it. */
  at: number
  added: number
}

/**
 * Events wait until `leastMs` after their time, or after their arrival if their time is in the future, and until all
 * groups were read after it. Later ones are given as late. A clock that is ahead makes no other event late, and
 * neither does a fast sandbox that is started again at real speed: time goes back then.
 */
export function inOrder<Event extends Ordered>({ leastMs, mostMs }: Hold): InOrder<Event> {
  let held: Held<Event>[] = []
  let frontier = Number.NEGATIVE_INFINITY
  const arrived = ({ event, at }: Held<Event>): Arrived<Event> => {
    const lateMs = frontier - event.timestamp
    frontier = Math.max(frontier, at)
    return lateMs > 0 ? { event, lateMs } : { event }
  }
  const goBack = (now: number) => {
    frontier = Number.NEGATIVE_INFINITY
    held = held.map(({ event, at, added }) => ({
      event,
      at: Math.min(at, now),
      added: Math.min(added, now),
    }))
  }
  return {
    size: () => held.length,
    add(events, now) {
      for (const event of events) held.push({ event, at: Math.min(event.timestamp, now), added: now })
    },
    take(now, { before = Number.POSITIVE_INFINITY, read = Number.POSITIVE_INFINITY } = {}) {
      if (now < frontier) goBack(now)
      const isOver = ({ event, at, added }: Held<Event>) =>
        at + leastMs <= now && event.timestamp < before && (at + visibleMs <= read || added + mostMs <= now)
      const over = held.filter(isOver)
      if (over.length === 0) return []
      held = held.filter((each) => !isOver(each))
      return over.toSorted(byTime).map(arrived)
    },
  }
}

/** The order of a log: by time, then by arrival, then by id so that it is the same each time. */
function byTime({ at, event: one }: Held<Ordered>, { at: otherAt, event: other }: Held<Ordered>): number {
  return (
    at - otherAt ||
    one.timestamp - other.timestamp ||
    one.ingested - other.ingested ||
    (one.id < other.id ? -1 : Number(one.id > other.id))
  )
}
