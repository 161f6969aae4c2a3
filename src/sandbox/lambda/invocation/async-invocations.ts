import { ThrottledError } from '../../execution/model/executor.ts'
import { ownEntry } from '../../own-entry.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import type { EventInvokeConfig } from '../records/attached.ts'
import type { LambdaContext } from '../records/context.ts'
import type { AsyncInvocations, Attempt, PendingEvent } from '../records/pending-event.ts'
import { recordAsync } from './async-metrics.ts'
import { sendEnding } from './destination-records.ts'
import type { Ending } from './ending.ts'

/** Lambda drops an event that it could not run within six hours, unless its function has another age; seconds. */
const usualAge = 6 * 60 * 60
/** Lambda runs an event whose function failed twice more, unless its function has another number. */
const usualRetries = 2
/** A throttled event is tried again after 1 s, then after twice the time each, up to five minutes. */
const throttleDelayMs = { first: 1000, longest: 300_000 }

/** Runs one attempt of an event. */
export type RunEvent = (event: PendingEvent) => Promise<Attempt>

export function createAsyncInvocations(context: LambdaContext, run: RunEvent): AsyncInvocations {
  const { events } = context

  function schedule(event: PendingEvent, delayMs: number, last?: Attempt): void {
    const age = settingsOf(context, event).maximumAge ?? usualAge
    if (context.clock() - event.since > age * 1000) {
      end(event, { condition: 'EventAgeExceeded', attempt: last })
      return
    }
    events.set(event.invocation.requestId, event)
    context.timers.after(delayMs, () => {
      attempt(event).catch((error: unknown) => console.error(error))
    })
  }

  function end(event: PendingEvent, ending: Ending): void {
    if (ending.condition !== 'Success') recordAsync(context, event, 'AsyncEventsDropped')
    void finish(context, event, ending)
  }

  async function attempt(event: PendingEvent): Promise<void> {
    // The event's row could not be written, so its client was not told that it was accepted.
    if (!events.has(event.invocation.requestId)) return
    recordAsync(context, event, 'AsyncEventAge', context.clock() - event.since)
    try {
      settleAttempt(event, await run(event))
    } catch (error) {
      if (error instanceof ThrottledError) settleThrottle(event)
      // The function, the version or the alias was deleted meanwhile, so the event is dropped.
      else if (error instanceof ServiceError) events.delete(event.invocation.requestId)
      else throw error
    }
  }

  function settleAttempt(event: PendingEvent, ran: Attempt): void {
    if (!ran.outcome.functionError) return end(event, { condition: 'Success', attempt: ran })
    const delay = context.retryDelaysMs[event.failures]
    const retries = settingsOf(context, event).retries ?? usualRetries
    if (delay === undefined || event.failures >= retries) {
      return end(event, { condition: 'RetriesExhausted', attempt: ran })
    }
    schedule({ ...event, failures: event.failures + 1 }, delay, ran)
  }

  function settleThrottle(event: PendingEvent): void {
    if (isSwitchedOff(context, event)) return end(event, { condition: 'ZeroReservedConcurrency' })
    schedule({ ...event, throttles: event.throttles + 1 }, delayAfterThrottle(event))
  }

  return {
    accept(event) {
      recordAsync(context, event, 'AsyncEventsReceived')
      schedule({ ...event, since: context.clock(), failures: 0, throttles: 0 }, 0)
    },
    resume() {
      for (const event of events.values()) schedule(event, 0)
    },
  }
}

/** A sandbox that is killed before the record of an event has arrived runs the event again. */
async function finish(context: LambdaContext, event: PendingEvent, ending: Ending): Promise<void> {
  try {
    await sendEnding(context, event, settingsOf(context, event), ending)
  } catch (error) {
    console.error(error)
  }
  context.events.delete(event.invocation.requestId)
}

function delayAfterThrottle({ throttles }: PendingEvent): number {
  return Math.min(throttleDelayMs.first * 2 ** throttles, throttleDelayMs.longest)
}

/** Whether the function has a reservation of 0: its events don't wait for concurrency. */
function isSwitchedOff({ store }: LambdaContext, { region, name }: PendingEvent): boolean {
  return store.find(region, name)?.reserved === 0
}

/** The settings of the alias or version that the event was sent to; none after the function is deleted. */
function settingsOf(
  { store }: LambdaContext,
  { region, name, invocation }: PendingEvent,
): Partial<EventInvokeConfig> {
  const configs = store.find(region, name)?.eventInvokeConfigs
  return ownEntry(configs, invocation.qualifier ?? '$LATEST') ?? {}
}
