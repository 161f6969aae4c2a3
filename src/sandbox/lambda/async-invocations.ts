import { type Outcome, ThrottledError } from '../execution/executor.ts'
import { ServiceError } from '../protocol/service-error.ts'
import type { LambdaContext } from './context.ts'

/** Lambda drops an event that it could not run within six hours. */
const longestAgeMs = 6 * 60 * 60 * 1000
/** A throttled event is tried again after 1 s, then after twice as long each time, up to five minutes. */
const throttleDelayMs = { first: 1000, longest: 300_000 }

interface Event {
  run: () => Promise<Outcome>
  since: number
  /** How often the function itself failed. */
  failures: number
  throttles: number
}

/** Runs an event soon, retrying errors and throttles; what is pending when the service closes is dropped. */
export function invokeLater(context: LambdaContext, run: () => Promise<Outcome>): void {
  schedule(context, { run, since: context.clock(), failures: 0, throttles: 0 }, 0)
}

function schedule(context: LambdaContext, event: Event, delayMs: number): void {
  if (context.clock() - event.since > longestAgeMs) return
  context.timers.after(delayMs, () => {
    attempt(context, event).catch((error: unknown) => console.error(error))
  })
}

async function attempt(context: LambdaContext, event: Event): Promise<void> {
  try {
    const { functionError } = await event.run()
    if (functionError) retryFailure(context, event)
  } catch (error) {
    if (error instanceof ThrottledError) retryThrottle(context, event)
    // The function, the version or the alias was deleted meanwhile: there is nobody left to tell.
    else if (!(error instanceof ServiceError)) throw error
  }
}

function retryFailure(context: LambdaContext, event: Event): void {
  const delay = context.retryDelaysMs[event.failures]
  if (delay !== undefined) schedule(context, { ...event, failures: event.failures + 1 }, delay)
}

function retryThrottle(context: LambdaContext, event: Event): void {
  const delay = Math.min(throttleDelayMs.first * 2 ** event.throttles, throttleDelayMs.longest)
  schedule(context, { ...event, throttles: event.throttles + 1 }, delay)
}
