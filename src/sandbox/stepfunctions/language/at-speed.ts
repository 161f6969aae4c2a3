import { allStates, type Definition } from './definition.ts'

/** The time and the pace of the sandbox. */
export interface Time {
  /** Milliseconds since the epoch. */
  now: number
  realMs: (ms: number) => number
}

/** The time-out of a task that has none, seconds: the longest that a timer of Node can wait for. */
const longestTimeout = 2_000_000

/**
 * A copy of a definition that waits, retries and times out by the sandbox's clock. Time-outs of tasks are real, as
 * those of handlers. A time that a path reads is real too.
 */
export function atSpeed(definition: Definition, { now, realMs }: Time): Definition {
  const copy = structuredClone(definition)
  const real = (seconds: number) => realMs(seconds * 1000) / 1000
  if (copy.TimeoutSeconds !== undefined) copy.TimeoutSeconds = real(copy.TimeoutSeconds)
  for (const [, state] of allStates(copy)) {
    if (state.Type === 'Task' && state.TimeoutSecondsPath === undefined)
      state.TimeoutSeconds = Math.min(state.TimeoutSeconds ?? longestTimeout, longestTimeout)
    if (state.Timestamp !== undefined) {
      state.Seconds = Math.max(0, Date.parse(state.Timestamp) - now) / 1000
      delete state.Timestamp
    }
    if (state.Seconds !== undefined) state.Seconds = real(state.Seconds)
    for (const retrier of state.Retry ?? []) {
      retrier.IntervalSeconds = real(retrier.IntervalSeconds ?? 1)
      if (retrier.MaxDelaySeconds !== undefined) retrier.MaxDelaySeconds = real(retrier.MaxDelaySeconds)
    }
  }
  return copy
}
