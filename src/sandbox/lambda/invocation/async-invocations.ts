import { type Outcome, ThrottledError } from '../../execution/model/executor.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import type { LambdaContext } from '../records/context.ts'
import type { AsyncInvocations, PendingEvent } from '../records/pending-event.ts'

/** Lambda drops an event that it could not run within six hours. */
const longestAgeMs = 6 * 60 * 60 * 1000
/** A throttled event is tried again after 1 s, then after twice the time each, up to five minutes. */
const throttleDelayMs = { first: 1000, longest: 300_000 }

/** Runs one attempt of an event. */
export type RunEvent = (event: PendingEvent) => Promise<Outcome>

export function createAsyncInvocations(context: LambdaContext, run: RunEvent): AsyncInvocations {
  const { events } = context

  function schedule(event: PendingEvent, delayMs: number): void {
    const id = event.invocation.requestId
    if (context.clock() - event.since > longestAgeMs) {
      events.delete(id)
      return
    }
    events.set(id, event)
    context.timers.after(delayMs, () => {
      attempt(event).catch((error: unknown) => console.error(error))
    })
  }

  async function attempt(event: PendingEvent): Promise<void> {
    const id = event.invocation.requestId
    // The event's row could not be written, so its client was not told that it was accepted.
    if (!events.has(id)) return
    try {
      const { functionError } = await run(event)
      const delay = functionError ? context.retryDelaysMs[event.failures] : undefined
      if (delay === undefined) events.delete(id)
      else schedule({ ...event, failures: event.failures + 1 }, delay)
    } catch (error) {
      if (error instanceof ThrottledError) retryThrottle(event)
      // The function, the version or the alias was deleted meanwhile, so the event is dropped.
      else if (error instanceof ServiceError) events.delete(id)
      else throw error
    }
  }

  function retryThrottle(event: PendingEvent): void {
    const delay = Math.min(throttleDelayMs.first * 2 ** event.throttles, throttleDelayMs.longest)
    schedule({ ...event, throttles: event.throttles + 1 }, delay)
  }

  return {
    accept: (event) => schedule({ ...event, since: context.clock(), failures: 0, throttles: 0 }, 0),
    resume() {
      for (const event of events.values()) schedule(event, 0)
    },
  }
}
