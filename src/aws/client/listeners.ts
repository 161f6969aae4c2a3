import type { TimeSample } from '../answers/server-time.ts'
import type { AwsCall } from '../answers/tell-calls.ts'

/** Who hears of the calls of a connection, and who ends them. */
export interface Listeners {
  /** Ends the calls that are under way when it is aborted, and none that begin later. */
  signal: AbortSignal
  /** Is told what each answer says of AWS's time. */
  onTime(sample: TimeSample): void
  /** Is told each request and what came of it. */
  onCall(call: AwsCall): void
  /** Is told CloudWatch's own words for the state of each alarm that is read. */
  onAlarm(alarm: { name: string; condition: string; reason: string }): void
  /** Is told the keys and the token that were found, wherever they were, so that nothing shows them. */
  onCredentials(secrets: string[]): void
}
