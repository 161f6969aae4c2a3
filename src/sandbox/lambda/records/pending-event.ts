import type { Invocation } from '../../execution/model/executor.ts'

/** An event that was accepted and is not done. All of it is JSON. */
export interface PendingEvent {
  /** Of the function that was named. */
  region: string
  name: string
  invocation: Omit<Invocation, 'payload'> & {
    /** Base64. */
    payload: string
  }
  /** Milliseconds since the epoch. */
  since: number
  /** How often the function itself failed. */
  failures: number
  throttles: number
}

/** Accepted events: they run soon, and again after errors and throttles. */
export interface AsyncInvocations {
  accept(event: Pick<PendingEvent, 'region' | 'name' | 'invocation'>): void
  /** Goes on with the events of an earlier sandbox. One that it was running then runs again, as it may on Lambda. */
  resume(): void
}
