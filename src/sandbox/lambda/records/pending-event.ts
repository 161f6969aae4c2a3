import type { Invocation, Outcome } from '../../execution/model/executor.ts'

/** An accepted event that is not finished. All of it is JSON. */
export interface PendingEvent {
  /** The Region of the function. */
  region: string
  name: string
  invocation: Omit<Invocation, 'payload' | 'onChunk'> & {
    /** Base64. */
    payload: string
  }
  /** Milliseconds since the epoch. */
  since: number
  /** How often the function itself failed. */
  failures: number
  throttles: number
}

/** An attempt that ran. */
export interface Attempt {
  outcome: Outcome
  executedVersion: string
}

/** Runs accepted events soon, and again after errors and throttles. */
export interface AsyncInvocations {
  accept(event: Pick<PendingEvent, 'region' | 'name' | 'invocation'>): void
  /** Continues the events of an earlier sandbox. An event that was running then runs again, as it may on Lambda. */
  resume(): void
}
