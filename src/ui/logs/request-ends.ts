import type { Line } from '../../logs/model/line.ts'
import type { Request } from '../../logs/model/request.ts'
import { collectRequests, type Requests } from '../../logs/requests/collect.ts'

/** Returns the request that ends with a line; undefined for any other line. */
export type RequestEnds = (line: Line) => Request | undefined

/** Longer than the longest request, milliseconds: one without a line for so long has ended without a REPORT. */
const longestSilence = 20 * 60_000
/** Lines between two looks for requests that have gone silent. */
const lookEach = 10_000

/** Puts lines together to requests, and forgets each of them when it ends. */
export function requestEnds(): RequestEnds {
  const open = new Map<string, { requests: Requests; last: number }>()
  let seen = 0
  return (line) => {
    if (line.requestId === undefined) return undefined
    const key = requestKey(line)
    const known = open.get(key) ?? { requests: collectRequests(), last: 0 }
    known.last = line.event.timestamp
    const request = known.requests.add(line)
    if (line.platform?.kind === 'report') open.delete(key)
    else open.set(key, known)
    seen += 1
    if (seen % lookEach === 0)
      for (const [each, { last }] of open) if (last < line.event.timestamp - longestSilence) open.delete(each)
    return line.platform?.kind === 'report' ? request : undefined
  }
}

/** A request id names an event: a try of it in another environment is another request. */
export function requestKey({ requestId, event, function: name }: Line): string {
  return `${requestId} ${event.stream} ${name}`
}
