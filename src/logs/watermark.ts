/** The fields that identify an event. */
export interface Seen {
  id: string
  timestamp: number
}

/** Keeps a follow loop free of gaps and repeats. */
export interface Watermark {
  /** The start of the next read: the newest event minus the overlap in which late events still arrive. Milliseconds. */
  since(): number
  /** The events that were not seen before, in order. */
  fresh<Event extends Seen>(events: readonly Event[]): Event[]
}

/**
 * CloudWatch Logs delivers late: older events may appear after newer ones. So each read goes back by an overlap, and
 * event ids, kept for that time, drop the events that were seen.
 *
 * @param start the first moment, milliseconds since the epoch
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
