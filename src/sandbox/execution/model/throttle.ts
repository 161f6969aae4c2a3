import type { ThrottleReason } from './executor.ts'

/** Concurrent executions of an account in one Region, by Lambda's default quota. */
export const accountConcurrency = 1000

/** Counts running invocations against reserved and account concurrency. */
export interface Throttle {
  reserve(functionArn: string, limit: number | undefined): void
  /** Counts an invocation in, or returns the reason why it may not run. */
  enter(functionArn: string): ThrottleReason | undefined
  leave(functionArn: string): void
  running(functionArn: string): number
  /** All running invocations in the function's Region. */
  runningBeside(functionArn: string): number
}

/** A reservation belongs to its function; the Region's other functions share the rest. */
export function createThrottle(ofRegion: number): Throttle {
  const reserved = new Map<string, number>()
  const running = new Map<string, number>()
  const runningOf = (arn: string) => running.get(arn) ?? 0
  const refusal = (arn: string): ThrottleReason | undefined => {
    const own = reserved.get(arn)
    if (own !== undefined) {
      return runningOf(arn) >= own ? 'ReservedFunctionConcurrentInvocationLimitExceeded' : undefined
    }
    const shared = ofRegion - sum(reserved, (other) => isBeside(arn, other))
    const busy = sum(running, (other) => isBeside(arn, other) && !reserved.has(other))
    return busy >= shared ? 'ConcurrentInvocationLimitExceeded' : undefined
  }
  return {
    reserve(arn, limit) {
      if (limit === undefined) reserved.delete(arn)
      else reserved.set(arn, limit)
    },
    enter(arn) {
      const reason = refusal(arn)
      if (!reason) running.set(arn, runningOf(arn) + 1)
      return reason
    },
    leave(arn) {
      const left = runningOf(arn) - 1
      if (left > 0) running.set(arn, left)
      else running.delete(arn)
    },
    running: runningOf,
    runningBeside: (arn) => sum(running, (other) => isBeside(arn, other)),
  }
}

function isBeside(arn: string, other: string): boolean {
  return arn.split(':')[3] === other.split(':')[3]
}

function sum(counts: Map<string, number>, counted: (arn: string) => boolean): number {
  let total = 0
  for (const [arn, count] of counts) if (counted(arn)) total += count
  return total
}
