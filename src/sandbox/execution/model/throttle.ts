import type { ThrottleReason } from './executor.ts'
import { createRates } from './rates.ts'

/** Concurrent executions of an account in one Region, by Lambda's default quota. */
export const accountConcurrency = 1000

/** A version of a function; `arn` is the function's, unqualified. */
interface ThrottledVersion {
  arn: string
  version: string
}

/** Counts running invocations against provisioned, reserved and account concurrency. */
export interface Throttle {
  reserve(functionArn: string, limit: number | undefined): void
  /** Sets the provisioned concurrency of a version, which is taken out of its function's or its Region's concurrency. */
  provision(version: ThrottledVersion, count: number): void
  /** The provisioned concurrency of a deleted version, or of all versions, is free again. */
  retire(functionArn: string, version?: string): void
  /**
   * Counts an invocation in, or returns the reason why it may not run.
   *
   * @param needsStart whether it needs a new environment
   */
  enter(version: ThrottledVersion, now: number, needsStart?: boolean): ThrottleReason | undefined
  leave(version: ThrottledVersion): void
  running(functionArn: string): number
  /** All running invocations in the function's Region. */
  runningBeside(functionArn: string): number
}

interface Count {
  running: number
  provisioned: number
}

/** The counts of the versions of one function. */
type Counts = Map<string, Count>

/**
 * A reservation belongs to its function; the Region's other functions share the rest. Provisioned concurrency serves its
 * version only, so what a function reserves beyond it is left for all its versions.
 */
export function createThrottle(ofRegion: number): Throttle {
  const reserved = new Map<string, number>()
  const functions = new Map<string, Counts>()
  const rates = createRates()
  const countsOf = (arn: string): Counts => functions.get(arn) ?? new Map<string, Count>()
  const beside = (arn: string) => [...functions].filter(([other]) => isBeside(arn, other))
  const change = ({ arn, version }: ThrottledVersion, changed: (count: Count) => Count) => {
    const counts = countsOf(arn)
    const count = changed(counts.get(version) ?? { running: 0, provisioned: 0 })
    if (count.running > 0 || count.provisioned > 0) counts.set(version, count)
    else counts.delete(version)
    if (counts.size > 0) functions.set(arn, counts)
    else functions.delete(arn)
  }
  const refusal = ({ arn, version }: ThrottledVersion): ThrottleReason | undefined => {
    const counts = countsOf(arn)
    const { running = 0, provisioned = 0 } = counts.get(version) ?? {}
    if (running < provisioned) return undefined
    const own = reserved.get(arn)
    if (own !== undefined) {
      return onDemand(counts) >= own - provisionedOf(counts)
        ? 'ReservedFunctionConcurrentInvocationLimitExceeded'
        : undefined
    }
    const others = beside(arn).filter(([other]) => !reserved.has(other))
    const taken = sum([...reserved].filter(([other]) => isBeside(arn, other)).map(([, limit]) => limit))
    const shared = ofRegion - taken - sum(others.map(([, other]) => provisionedOf(other)))
    const busy = sum(others.map(([, other]) => onDemand(other)))
    return busy >= shared ? 'ConcurrentInvocationLimitExceeded' : undefined
  }
  return {
    reserve(arn, limit) {
      if (limit === undefined) reserved.delete(arn)
      else reserved.set(arn, limit)
    },
    provision: (version, provisioned) => change(version, (count) => ({ ...count, provisioned })),
    retire(arn, version) {
      for (const known of countsOf(arn).keys()) {
        if (version === undefined || version === known) {
          change({ arn, version: known }, (count) => ({ ...count, provisioned: 0 }))
        }
      }
    },
    enter(version, now, needsStart = false) {
      const own = reserved.get(version.arn)
      const request = { arn: version.arn, now, needsStart }
      const reason = refusal(version) ?? (rates.allow(request, own ?? ofRegion) ? undefined : rateReason(own))
      if (reason) return reason
      change(version, (count) => ({ ...count, running: count.running + 1 }))
      rates.add(request)
      return undefined
    },
    leave: (version) => change(version, (count) => ({ ...count, running: Math.max(0, count.running - 1) })),
    running: (arn) => runningOf(countsOf(arn)),
    runningBeside: (arn) => sum(beside(arn).map(([, counts]) => runningOf(counts))),
  }
}

function rateReason(reserved: number | undefined): ThrottleReason {
  return reserved === undefined
    ? 'FunctionInvocationRateLimitExceeded'
    : 'ReservedFunctionInvocationRateLimitExceeded'
}

function isBeside(arn: string, other: string): boolean {
  return arn.split(':')[3] === other.split(':')[3]
}

function runningOf(counts: Counts): number {
  return sum([...counts.values()].map(({ running }) => running))
}

function provisionedOf(counts: Counts): number {
  return sum([...counts.values()].map(({ provisioned }) => provisioned))
}

/** The running invocations for which their version's provisioned concurrency does not suffice. */
function onDemand(counts: Counts): number {
  return sum([...counts.values()].map(({ running, provisioned }) => Math.max(0, running - provisioned)))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
