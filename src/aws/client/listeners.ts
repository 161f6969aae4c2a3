import type { PacedSample } from '../answers/paced-time.ts'
import type { TimeSample } from '../answers/server-time.ts'
import type { AwsCall } from '../answers/tell-calls.ts'

/** Listeners for the calls of a connection, and the signal that ends them. */
export interface Listeners {
  /** Ends the calls that are under way when it is aborted, and none that begin later. */
  signal: AbortSignal
  /** Called with the time in each answer. */
  onTime(sample: TimeSample): void
  /**
   * Called with the time in each answer of a sandbox whose clock runs faster than real time, and with undefined when
   * another sandbox has taken its place that tells none.
   */
  onPace(sample: PacedSample | undefined): void
  /** Called with each request and its result. */
  onCall(call: AwsCall): void
  /** Called with CloudWatch's own reason for the state of each alarm that is read. */
  onAlarm(alarm: { name: string; condition: string; reason: string }): void
  /** Called with the keys and the token that were found, so that no output shows them. */
  onCredentials(secrets: string[]): void
}
