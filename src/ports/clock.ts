/** AWS's time, which all machines share, and a clock for durations. */
export interface Clock {
  /** AWS's time, learned from its answers: milliseconds since the epoch. Corrections may move it backwards. */
  now(): number
  /** Milliseconds since an arbitrary moment; never corrected, so durations are measured by it. */
  elapsed(): number
  /** Resolves after `ms`, or at once if the signal is aborted; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}
