import { hash } from 'node:crypto'
import type { LogEvent } from '../model/event.ts'

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

/**
 * Keeps 52 bits of an event's id under its second, about 30 bytes an event. At 5,000 events a second, two ids of one
 * second agree once in ten years.
 */
export function seenEvents(): SeenEvents {
  const bySecond = new Map<number, Set<number>>()
  const isNew = ({ id, timestamp }: Identified) => {
    const second = Math.floor(timestamp / 1000)
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
      const first = Math.floor(time / 1000)
      for (const second of bySecond.keys()) if (second < first) bySecond.delete(second)
    },
    get size() {
      return Array.from(bySecond.values()).reduce((sum, { size }) => sum + size, 0)
    },
  }
}

function digestOf(id: string): number {
  const bytes = hash('sha1', id, 'buffer')
  return bytes.readUIntBE(0, 6) * 16 + (bytes.readUInt8(6) >> 4)
}
