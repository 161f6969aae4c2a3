import type { Line } from '../model/line.ts'

/** The request of a line, as a key. A request id names an event: another attempt of it is another request. */
export function requestKey({ requestId, event, function: name, attempt }: Line): string {
  return attempt === undefined
    ? `${requestId} ${event.stream} ${name}`
    : `${requestId} ${event.stream} ${name} ${attempt}`
}
