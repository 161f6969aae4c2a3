import type { Line, Report } from './line.ts'

/** One invocation, as far as its lines were read, without them. */
export interface RequestAccount {
  id: string
  function: string
  version: string | undefined
  /** An environment's stream; an event that is tried once more may be in another one. */
  stream: string
  /** Milliseconds since the epoch: its first line. */
  start: number
  /** The number of the attempt from the second one on. */
  attempt?: number | undefined
  traceId: string | undefined
  /** Undefined until it has ended. */
  report: Report | undefined
  status: RequestStatus
  /** The line that tells why it failed. */
  error: Line | undefined
}

/** One invocation with its lines. */
export interface Request extends RequestAccount {
  /** In order, without START, END and REPORT. */
  lines: readonly Line[]
  /** How many lines more it has. */
  omitted: number
}

export type RequestStatus = 'running' | 'ok' | 'error' | 'timeout' | 'out-of-memory' | 'exit' | 'init-failed'
