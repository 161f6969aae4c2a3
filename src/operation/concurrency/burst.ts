/**
 * Lambda's scaling rate for each function: this many environments at once, and as many again in each 10 s, refilled
 * continuously. From "Lambda scaling behavior" in Lambda's guide (docs.aws.amazon.com/lambda/latest/dg/
 * scaling-behavior.html), read on 27 November 2026.
 */
const scalingRate = { environments: 1000, everyMs: 10_000 } as const

/** A sudden load on a function that has only its provisioned environments. */
export interface Burst {
  /** Concurrent executions. */
  to: number
  /** Environments that are ready before. */
  warm: number
  /** Until Lambda can have started the last environment, without its start itself; milliseconds, 0: at once. */
  ms: number
  /** The most concurrent executions that the function gets; more is throttled. */
  ceiling: number
}

/** Foretells how long a burst takes at Lambda's scaling rate. */
export function burstOf(to: number, { warm, ceiling }: Pick<Burst, 'warm' | 'ceiling'>): Burst {
  const { environments, everyMs } = scalingRate
  const reached = Math.min(to, ceiling)
  const late = Math.max(0, reached - warm - environments)
  return { to, warm, ms: Math.ceil((late / environments) * everyMs), ceiling }
}
