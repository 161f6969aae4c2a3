import type { LogEvent } from '../model/event.ts'

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
}

interface Counts {
  live: number
  polled: number
}

/**
 * Matches by all that an event has, and counts: lines that are alike in all of it are legal, and each of them is shown.
 */
export function liveMatches(): LiveMatches {
  const bySecond = new Map<number, Map<string, Counts>>()
  const countsOf = (event: LiveEvent) => {
    const second = Math.floor(event.timestamp / 1000)
    const counts = bySecond.get(second) ?? new Map<string, Counts>()
    bySecond.set(second, counts)
    const key = JSON.stringify([event.group, event.stream, event.timestamp, event.ingested, event.message])
    const found = counts.get(key) ?? { live: 0, polled: 0 }
    counts.set(key, found)
    return found
  }
  return {
    live: (events) =>
      events.filter((event) => {
        const counts = countsOf(event)
        counts.live += 1
        return counts.live > counts.polled
      }),
    polled: (events) =>
      events.filter((event) => {
        const counts = countsOf(event)
        counts.polled += 1
        return counts.polled > counts.live
      }),
    forgetBefore(time) {
      const first = Math.floor(time / 1000)
      for (const second of bySecond.keys()) if (second < first) bySecond.delete(second)
    },
  }
}
