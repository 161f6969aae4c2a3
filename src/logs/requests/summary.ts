import type { Report } from '../model/line.ts'
import type { Request, RequestStatus } from '../model/request.ts'

/** The figures of a request without its lines, so that many of them fit in memory. */
export interface RequestSummary extends Pick<Report, 'initMs' | 'restoreMs'> {
  id: string
  version: string | undefined
  stream: string
  /** The number of the attempt, where Lambda ran the event again. */
  attempt?: number
  /** Milliseconds since the epoch. */
  start: number
  status: RequestStatus
  /** Undefined until it has ended. */
  durationMs: number | undefined
  billedMs: number | undefined
  memoryMb: number | undefined
  maxMemoryMb: number | undefined
  /** The first line of the error's message. */
  error: string | undefined
  traceId: string | undefined
}

export function summaryOf({
  id,
  version,
  stream,
  attempt,
  start,
  status,
  report,
  error,
  traceId,
}: Request): RequestSummary {
  return {
    id,
    version,
    stream,
    ...(attempt === undefined ? {} : { attempt }),
    start,
    status,
    durationMs: report?.durationMs,
    billedMs: report?.billedMs,
    memoryMb: report?.memoryMb,
    maxMemoryMb: report?.maxMemoryMb,
    ...(report?.initMs === undefined ? {} : { initMs: report.initMs }),
    ...(report?.restoreMs === undefined ? {} : { restoreMs: report.restoreMs }),
    error: error?.text.split('\n', 1)[0],
    traceId,
  }
}

/** Tells whether a request failed; one that runs did not. */
export function hasFailed({ status }: Pick<Request, 'status'>): boolean {
  return status !== 'ok' && status !== 'running'
}

/** Tells whether a request waited for the start of its environment. */
export function isCold({ initMs, restoreMs }: Pick<RequestSummary, 'initMs' | 'restoreMs'>): boolean {
  return initMs !== undefined || restoreMs !== undefined
}

/** The requests that a person asks for. */
export interface Selection {
  failed: boolean
  cold: boolean
  /** The slowest ones first, in place of the order of their starts. */
  slow: boolean
}

/** The selected requests in their order. */
export function selected(
  requests: readonly RequestSummary[],
  { failed, cold, slow }: Selection,
): RequestSummary[] {
  return requests
    .filter((request) => (!failed || hasFailed(request)) && (!cold || isCold(request)))
    .toSorted((one, other) =>
      slow ? (other.durationMs ?? 0) - (one.durationMs ?? 0) : one.start - other.start,
    )
}
