/** Faults of requests: each hits the operations that its target names. */
export type RequestFaultKind = 'throttle' | 'error' | 'latency' | 'drop' | 'page'

/** The ways in which the sandbox fails on demand. */
export type FaultKind =
  | RequestFaultKind
  | 'late-logs'
  | 'late-metrics'
  | 'freeze-alarms'
  | 'fail-provisioning'
  | 'kill'

/** A fault to set. */
export interface FaultSpec {
  kind: FaultKind
  /**
   * The name of what fails: an operation such as `UpdateAlias` or `logs:FilterLogEvents`, a log group, a namespace or
   * metric, an alarm, a function with or without its version. `*` stands for any text; default: `*`.
   */
  target?: string | undefined
  /**
   * Narrows a fault of requests or of metrics to those about a resource: a function, with its alias or version or
   * without, an alarm, a log group, a bucket, and so on. `*` stands for any text; default: all.
   */
  on?: string | undefined
  /** The delay of a kind that delays, milliseconds. */
  byMs?: number | undefined
  /** The fault ends after this time, milliseconds; default: it stays. */
  forMs?: number | undefined
  /** The fault ends after it has struck this often; default: it stays. */
  times?: number | undefined
}

/** A fault that is set. */
export interface Fault {
  /** Counted from 1. */
  id: number
  kind: FaultKind
  target: string
  on?: string
  /** Milliseconds. */
  byMs?: number
  /** By the sandbox's clock, milliseconds since the epoch. */
  until?: number
  /** How long it lasts yet, milliseconds of the sandbox's time; present with `until` where faults are shown. */
  leftMs?: number
  /** How often it strikes yet; absent: without a limit. */
  timesLeft?: number
  /** How often it has struck. */
  struck: number
}
