/**
 * AWS's time, which all machines share, and this machine's. They pass alike, except at a sandbox whose clock runs
 * faster: releases and alarms follow AWS's time, while programs, handlers and the network work in this machine's.
 */
export interface Clock {
  /** AWS's time, learned from its answers: milliseconds since the epoch. Corrections may move it backwards. */
  now(): number
  /** Resolves after `ms` of AWS's time, or at once if the signal is aborted; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Returns this machine's time in which so much of AWS's passes, milliseconds; the same except at such a sandbox. */
  realMs(ms: number): number
  /** This machine's milliseconds since an arbitrary moment; never corrected, so durations are measured by it. */
  elapsed(): number
  /** Resolves after `ms` of this machine's time, else as `sleep`; for the patience with work that is under way. */
  pause(ms: number, signal?: AbortSignal): Promise<void>
}
