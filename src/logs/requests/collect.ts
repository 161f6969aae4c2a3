import type { Line, Report } from '../model/line.ts'
import type { Request } from '../model/request.ts'
import { type Failure, failureOf } from './failure.ts'

/** Puts lines together to requests. Lines may come late. */
export interface Requests {
  /** Adds a line; returns its request's present state, undefined for a line without a request. */
  add(line: Line): Request | undefined
  /** The requests that are remembered, in the order of their first lines. */
  all(): Request[]
  /** Forgets requests without a line since a time, ended or not. Milliseconds since the epoch. */
  forgetBefore(time: number): void
}

/** A request that is being put together. */
interface Open {
  id: string
  function: string
  version: string | undefined
  stream: string
  start: number
  last: number
  lines: Line[]
  /** How many lines were left out of `lines`. */
  omitted: number
  report: Report | undefined
  hasEnded: boolean
  failure: Failure | undefined
  traceId: string | undefined
}

/** The lines of one request that are kept, from its first one on. */
const mostLines = 2000

/** A request id names one event. A try of it that Lambda makes in another environment is a request of its own. */
export function collectRequests(): Requests {
  const open = new Map<string, Open>()
  return {
    add(line) {
      if (line.requestId === undefined) return undefined
      const key = `${line.requestId} ${line.event.stream} ${line.function}`
      const request = open.get(key) ?? begun(line, line.requestId)
      open.set(key, request)
      note(request, line)
      return told(request)
    },
    all: () => Array.from(open.values(), told).toSorted((one, other) => one.start - other.start),
    forgetBefore(time) {
      for (const [key, { last }] of open) if (last < time) open.delete(key)
    },
  }
}

function begun(line: Line, id: string): Open {
  const { function: name, version, event } = line
  return {
    id,
    function: name,
    version,
    stream: event.stream,
    start: event.timestamp,
    last: event.timestamp,
    lines: [],
    omitted: 0,
    report: undefined,
    hasEnded: false,
    failure: undefined,
    traceId: undefined,
  }
}

function note(request: Open, line: Line): void {
  const { platform, event } = line
  request.start = Math.min(request.start, event.timestamp)
  request.last = Math.max(request.last, event.timestamp)
  request.failure = worse(request.failure, failureOf(line))
  if (platform?.kind === 'start') request.traceId ??= platform.traceId
  if (platform?.kind === 'end') request.hasEnded = true
  if (platform?.kind === 'report') {
    request.report = platform.report
    request.hasEnded = true
    request.traceId ??= platform.report.traceId
  }
  if (platform === undefined || platform.kind === 'fault') place(request, line)
}

/** Inserts a late line at its place. */
function place(request: Open, line: Line): void {
  if (request.lines.length >= mostLines) {
    request.omitted += 1
    return
  }
  const after = request.lines.findLastIndex(({ event }) => event.timestamp <= line.event.timestamp)
  request.lines.splice(after + 1, 0, line)
}

/** Lambda's own word is more than a line of the runtime, and the report alone knows of memory; the first one of a kind stays. */
function worse(known: Failure | undefined, found: Failure | undefined): Failure | undefined {
  if (!known || !found) return known ?? found
  const isTold = known.status === 'error' || found.status === 'out-of-memory'
  return { status: isTold ? found.status : known.status, line: known.line ?? found.line }
}

function told({ report, hasEnded, failure, lines, last: _, ...request }: Open): Request {
  return {
    ...request,
    lines,
    report,
    status: failure?.status ?? (hasEnded ? 'ok' : 'running'),
    error: failure?.line ?? (failure ? lines.findLast(isError) : undefined),
  }
}

function isError({ level, stack }: Line): boolean {
  return level === 'error' || level === 'fatal' || stack !== undefined
}
