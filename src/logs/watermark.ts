/** The fields of an event that tell whether it was seen. */
export interface Seen {
  id: string
  timestamp: number
}

/** Keeps a follow loop free of gaps and repeats. */
export interface Watermark {
  /** From when to read next: the newest event less the overlap in which late ones still arrive. Milliseconds. */
  since(): number
  /** Those that were not seen before, in their order. */
  fresh<Event extends Seen>(events: readonly Event[]): Event[]
}

/**
 * CloudWatch Logs delivers late: events older than the newest one turn up afterwards. So each read goes back by an
 * overlap, and event ids, kept for that long, drop what was seen.
 *
 * @param start where to begin, milliseconds since the epoch
 */
export function watermark(start: number, overlapMs: number): Watermark {
  const seen = new Map<string, number>()
  let newest = start
  const since = () => Math.max(start, newest - overlapMs)
  return {
    since,
    fresh<Event extends Seen>(events: readonly Event[]) {
      const fresh: Event[] = []
      for (const event of events) {
        if (seen.has(event.id)) continue
        seen.set(event.id, event.timestamp)
        newest = Math.max(newest, event.timestamp)
        fresh.push(event)
      }
      for (const [id, timestamp] of seen) if (timestamp < since()) seen.delete(id)
      return fresh
    },
  }
}
