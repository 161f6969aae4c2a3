import type { Line, Report } from '../model/line.ts'
import type { RequestAccount } from '../model/request.ts'
import { type Failure, failureOf } from './failure.ts'

/** A request that is being put together, without its lines: a tail may have many of them, and for long. */
export interface OpenAccount {
  id: string
  function: string
  version: string | undefined
  stream: string
  attempt: number | undefined
  start: number
  last: number
  report: Report | undefined
  hasEnded: boolean
  failure: Failure | undefined
  /** The last line of the application at the level error, or with a stack. */
  lastError: Line | undefined
  /** The line that tells why the environment's start before it failed. */
  startError: Line | undefined
  traceId: string | undefined
}

/** The account of a request before its first line is noted. */
export function openAccount({ function: name, version, event, attempt }: Line, id: string): OpenAccount {
  return {
    id,
    function: name,
    version,
    stream: event.stream,
    attempt,
    start: event.timestamp,
    last: event.timestamp,
    report: undefined,
    hasEnded: false,
    failure: undefined,
    lastError: undefined,
    startError: undefined,
    traceId: undefined,
  }
}

/** Notes a line of the request. Lines may come late. */
export function note(account: OpenAccount, line: Line): void {
  const { platform, event } = line
  account.start = Math.min(account.start, event.timestamp)
  account.last = Math.max(account.last, event.timestamp)
  account.failure = worse(account.failure, failureOf(line))
  if (isError(line) && event.timestamp >= (account.lastError?.event.timestamp ?? Number.NEGATIVE_INFINITY))
    account.lastError = line
  if (platform?.kind === 'start') account.traceId ??= platform.traceId
  if (platform?.kind === 'end') account.hasEnded = true
  if (platform?.kind === 'report') {
    account.report = platform.report
    account.hasEnded = true
    account.traceId ??= platform.report.traceId
  }
}

/** Tells how a request stands. */
export function told(open: OpenAccount): RequestAccount {
  const { hasEnded, failure, lastError, startError, last: _, ...account } = open
  const error = failure?.line ?? (failure ? lastError : undefined)
  // The environment may start well at a second try, within the request.
  if (failure?.status === 'error' && !error && startError)
    return { ...account, status: 'init-failed', error: startError }
  return { ...account, status: failure?.status ?? (hasEnded ? 'ok' : 'running'), error }
}

/** Lambda's own word is more than a line of the runtime, and the report alone knows of memory; the first one of a kind stays. */
function worse(known: Failure | undefined, found: Failure | undefined): Failure | undefined {
  if (!known || !found) return known ?? found
  const isTold = known.status === 'error' || found.status === 'out-of-memory'
  return { status: isTold ? found.status : known.status, line: known.line ?? found.line }
}

function isError({ level, stack }: Line): boolean {
  return level === 'error' || level === 'fatal' || stack !== undefined
}
