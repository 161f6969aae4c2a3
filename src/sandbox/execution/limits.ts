import type { ThrottleReason } from './executor.ts'

/** Counts running invocations against reserved and account concurrency. */
export interface Limits {
  reserve(functionName: string, limit: number | undefined): void
  /** Counts an invocation in, or tells why it may not run. */
  enter(functionName: string): ThrottleReason | undefined
  leave(functionName: string): void
  running(functionName: string): number
  runningInAccount(): number
}

/** A reservation is the function's alone; the functions without one share what the reservations leave. */
export function createLimits(accountConcurrency: number): Limits {
  const reserved = new Map<string, number>()
  const running = new Map<string, number>()
  const runningOf = (name: string) => running.get(name) ?? 0
  const unreservedRunning = () => sum([...running].map(([name, count]) => (reserved.has(name) ? 0 : count)))
  const refusal = (name: string): ThrottleReason | undefined => {
    const own = reserved.get(name)
    if (own !== undefined) {
      return runningOf(name) >= own ? 'ReservedFunctionConcurrentInvocationLimitExceeded' : undefined
    }
    const shared = accountConcurrency - sum(reserved.values())
    return unreservedRunning() >= shared ? 'ConcurrentInvocationLimitExceeded' : undefined
  }
  return {
    reserve(name, limit) {
      if (limit === undefined) reserved.delete(name)
      else reserved.set(name, limit)
    },
    enter(name) {
      const reason = refusal(name)
      if (!reason) running.set(name, runningOf(name) + 1)
      return reason
    },
    leave(name) {
      const left = runningOf(name) - 1
      if (left > 0) running.set(name, left)
      else running.delete(name)
    },
    running: runningOf,
    runningInAccount: () => sum(running.values()),
  }
}

function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}
