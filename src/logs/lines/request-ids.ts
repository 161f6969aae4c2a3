/** Knows to which request a line of a stream belongs that names none. */
export interface RequestIds {
  /** Notes that a stream's request began, or was named, at a time. Milliseconds since the epoch. */
  began(stream: string, requestId: string, time: number): void
  /** Notes that a stream's request ended. */
  ended(stream: string, time: number): void
  /** The request of a stream at a time, also of a time long past. */
  at(stream: string, time: number): string | undefined
}

/** A request from a time on; undefined: none. */
interface Mark {
  time: number
  requestId: string | undefined
}

/** How many of its requests a stream remembers: as many as may be over before a late line comes. */
const mostMarks = 200
/** How many streams are remembered: an environment that has not written for the longest is forgotten. */
const mostStreams = 5000

/** An environment runs one request at a time, so a line belongs to the last one that its stream named before it. */
export function requestIds(): RequestIds {
  const marks = new Map<string, Mark[]>()
  const note = (stream: string, mark: Mark) => {
    const known = marks.get(stream) ?? []
    // The stream that was used last comes last.
    marks.delete(stream)
    marks.set(stream, known)
    if (marks.size > mostStreams) marks.delete(marks.keys().next().value ?? '')
    const place = known.findLastIndex(({ time }) => time <= mark.time) + 1
    if (known[place - 1]?.requestId === mark.requestId) return
    known.splice(place, 0, mark)
    if (known.length > mostMarks) known.shift()
  }
  return {
    began: (stream, requestId, time) => note(stream, { time, requestId }),
    ended: (stream, time) => note(stream, { time, requestId: undefined }),
    at: (stream, time) => marks.get(stream)?.findLast((mark) => mark.time <= time)?.requestId,
  }
}
