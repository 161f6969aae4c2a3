import type { LogEvent } from '../model/event.ts'
import { digestOfId, secondOf } from './digest.ts'
import { type NumberSet, numberSet } from './number-set.ts'

type Identified = Pick<LogEvent, 'id' | 'timestamp'>

/** Remembers which events were read, so that reads may overlap. */
export interface SeenEvents {
  /** The events that were not given before, in their order. */
  fresh<Event extends Identified>(events: readonly Event[]): Event[]
  /** Forgets events of before a time, which no read will bring again. Milliseconds since the epoch. */
  forgetBefore(time: number): void
  /** Events of before this time may be forgotten; -Infinity if none is. Milliseconds since the epoch. */
  readonly since: number
  /** The number of events that are remembered. */
  readonly size: number
}

/** Keeps a digest of each event's id under its second: a tail of 500 events a second remembers half a million. */
export function seenEvents(): SeenEvents {
  const bySecond = new Map<number, NumberSet>()
  let since = Number.NEGATIVE_INFINITY
  const isNew = ({ id, timestamp }: Identified) => {
    const second = secondOf(timestamp)
    let seen = bySecond.get(second)
    if (!seen) {
      seen = numberSet()
      bySecond.set(second, seen)
    }
    return seen.add(digestOfId(id))
  }
  return {
    fresh: (events) => events.filter(isNew),
    forgetBefore(time) {
      since = Math.max(since, time)
      for (const second of bySecond.keys()) if (second < secondOf(time)) bySecond.delete(second)
    },
    get since() {
      return since
    },
    get size() {
      return Array.from(bySecond.values()).reduce((sum, { size }) => sum + size, 0)
    },
  }
}
