import type { LogEvent } from './event.ts'

export const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const
export type Level = (typeof levels)[number]

/** A log event, read. */
export interface Line {
  event: LogEvent
  /** The function's name for a person: from `lambdactl.yaml`, or Lambda's. */
  function: string
  /** The version that wrote it; undefined in streams that Lambda did not name. */
  version: string | undefined
  requestId: string | undefined
  /** The number of the attempt, from the second one on, where Lambda runs an event again with the same request id. */
  attempt?: number
  level: Level | undefined
  /**
   * The message alone: time, request id and level have places of their own. Without control sequences it may not be
   * shown.
   */
  text: string
  /** Set for the line in which the runtime tells that the handler threw. */
  thrown?: true
  /** The other fields of a line of JSON, in their order. */
  fields: Readonly<Record<string, unknown>>
  /** The lines of a stack trace, without the message above them. */
  stack?: readonly string[]
  /** A line of Lambda's own; undefined for one of the application. */
  platform?: Platform
}

/** A line by which Lambda tells the course of an environment or a request. */
export type Platform =
  | { kind: 'init-start' }
  | { kind: 'start'; traceId?: string }
  /** `failed`: the handler threw, or Lambda ended the request. */
  | { kind: 'end'; failed?: true }
  | { kind: 'report'; report: Report }
  | { kind: 'fault'; fault: Fault }
  | { kind: 'other'; type: string }

/** The ways in which Lambda itself ends a request. */
export type Fault = 'timeout' | 'out-of-memory' | 'exit' | 'init-failed'

/** The figures of a request, from its REPORT line or `platform.report`. */
export interface Report {
  durationMs: number
  billedMs: number | undefined
  memoryMb: number | undefined
  maxMemoryMb: number | undefined
  /** Set for a cold start. */
  initMs?: number
  /** Set where a snapshot was restored. */
  restoreMs?: number
  /** Lambda's own word that the request failed; its text format does not tell an error that the handler threw. */
  failed?: true
  /** The way in which Lambda ended it. */
  fault?: Fault
  traceId?: string
}
