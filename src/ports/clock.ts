/** AWS's time, which all machines share, and the time that passes here. */
export interface Clock {
  /** AWS's time, as far as its answers have told it: milliseconds since the epoch. It may be corrected, also backwards. */
  now(): number
  /** Milliseconds since whenever; never corrected, so durations are measured by it. */
  elapsed(): number
  /** Resolves after `ms`, or at once when the signal is aborted; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}
