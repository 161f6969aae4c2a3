import type { LineReader } from '../lines/read-line.ts'
import type { Line } from '../model/line.ts'
import { failureOf } from './failure.ts'

/** Returns the number of the attempt that a line belongs to; undefined for a first one, or where nothing tells. */
type AttemptOf = (line: Line) => number | undefined

/** A request that failed. Times are milliseconds since the epoch. */
interface Failed {
  /** The last failure. */
  at: number
  /** The attempts, in order. */
  attempts: { stream: string; start: number }[]
}

/** So many failed requests are remembered, the latest ones: the next attempt begins minutes later. */
const mostFailed = 10_000

/**
 * Tells the attempts of one event apart: Lambda runs an asynchronous event that failed up to two times more, with the
 * same request id. An attempt begins with START, or where another environment has a line of a request that failed.
 */
function attempts(): AttemptOf {
  const failed = new Map<string, Failed>()
  return (line) => {
    const { requestId } = line
    if (requestId === undefined) return undefined
    const request = failed.size === 0 ? undefined : failed.get(requestId)
    const number = request && numberOf(request, line)
    if (failureOf(line)) noteFailure(failed, requestId, line)
    return number
  }
}

/** A reader whose lines have the number of their attempt. */
export function withAttempts(read: LineReader): LineReader {
  const attemptOf = attempts()
  return (event) => {
    const line = read(event)
    const attempt = attemptOf(line)
    if (attempt !== undefined) line.attempt = attempt
    return line
  }
}

function numberOf({ at, attempts: all }: Failed, { platform, event }: Line): number | undefined {
  const { stream, timestamp } = event
  const isElsewhere = all.every((attempt) => attempt.stream !== stream)
  if (timestamp > at && (platform?.kind === 'start' || isElsewhere)) all.push({ stream, start: timestamp })
  const place = all.findLastIndex((attempt) => attempt.stream === stream && attempt.start <= timestamp)
  return place > 0 ? place + 1 : undefined
}

function noteFailure(failed: Map<string, Failed>, id: string, { event: { stream, timestamp } }: Line): void {
  const known = failed.get(id)
  if (known) known.at = Math.max(known.at, timestamp)
  else failed.set(id, { at: timestamp, attempts: [{ stream, start: Number.NEGATIVE_INFINITY }] })
  if (failed.size > mostFailed) failed.delete(failed.keys().next().value ?? '')
}
