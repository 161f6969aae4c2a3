import type { LogEvent } from '../model/event.ts'
import { digestOf, secondOf } from './digest.ts'

type Identified = Pick<LogEvent, 'id' | 'timestamp'>

/** Remembers which events were read, so that reads may overlap. */
export interface SeenEvents {
  /** The events that were not given before, in their order. */
  fresh<Event extends Identified>(events: readonly Event[]): Event[]
  /** Forgets events of before a time, which no read will bring again. Milliseconds since the epoch. */
  forgetBefore(time: number): void
  /** The number of events that are remembered. */
  readonly size: number
}

/** Keeps a digest of each event's id under its second. */
export function seenEvents(): SeenEvents {
  const bySecond = new Map<number, Set<number>>()
  const isNew = ({ id, timestamp }: Identified) => {
    const second = secondOf(timestamp)
    const seen = bySecond.get(second)
    const digest = digestOf(id)
    if (seen?.has(digest)) return false
    if (seen) seen.add(digest)
    else bySecond.set(second, new Set([digest]))
    return true
  }
  return {
    fresh: (events) => events.filter(isNew),
    forgetBefore(time) {
      for (const second of bySecond.keys()) if (second < secondOf(time)) bySecond.delete(second)
    },
    get size() {
      return Array.from(bySecond.values()).reduce((sum, { size }) => sum + size, 0)
    },
  }
}
