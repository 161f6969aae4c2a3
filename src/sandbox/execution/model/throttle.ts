import {
  allocated,
  type Concurrency,
  type Count,
  type CountedVersion,
  concurrencyOf,
  countsOf,
  type Ledger,
  onDemand,
  provisionedOf,
  unreserved,
} from './concurrency.ts'
import type { ThrottleReason } from './executor.ts'
import { createRates } from './rates.ts'

/** Concurrent executions of an account in one Region, by Lambda's default quota. */
export const accountConcurrency = 1000

/** Counts running invocations against provisioned, reserved and account concurrency. */
export interface Throttle {
  reserve(functionArn: string, limit: number | undefined): void
  /** Sets the provisioned concurrency of a version, which is taken out of its function's or its Region's concurrency. */
  provision(version: CountedVersion, count: number): void
  /** The provisioned concurrency of a deleted version, or of all versions, is free again. */
  retire(functionArn: string, version?: string): void
  /**
   * Counts an invocation in, or returns the reason why it may not run.
   *
   * @param needsStart whether it needs a new environment
   */
  enter(version: CountedVersion, now: number, needsStart?: boolean): ThrottleReason | undefined
  leave(version: CountedVersion): void
  /** The concurrency at this moment, as the version and its Region see it. */
  concurrency(version: CountedVersion): Concurrency
}

/**
 * A reservation belongs to its function; the Region's other functions share the rest. Provisioned concurrency serves its
 * version only, so what a function reserves beyond it is left for all its versions.
 */
export function createThrottle(ofRegion: number): Throttle {
  const ledger: Ledger = { reserved: new Map(), functions: new Map() }
  const { reserved, functions } = ledger
  const rates = createRates()
  const change = ({ arn, version }: CountedVersion, changed: (count: Count) => Count) => {
    const counts = countsOf(ledger, arn)
    const count = changed(counts.get(version) ?? { running: 0, provisioned: 0 })
    if (count.running > 0 || count.provisioned > 0) counts.set(version, count)
    else counts.delete(version)
    if (counts.size > 0) functions.set(arn, counts)
    else functions.delete(arn)
  }
  const refusal = ({ arn, version }: CountedVersion): ThrottleReason | undefined => {
    const counts = countsOf(ledger, arn)
    const { running = 0, provisioned = 0 } = counts.get(version) ?? {}
    if (running < provisioned) return undefined
    const own = reserved.get(arn)
    if (own !== undefined) {
      return onDemand(counts) >= own - provisionedOf(counts)
        ? 'ReservedFunctionConcurrentInvocationLimitExceeded'
        : undefined
    }
    const busy = unreserved(ledger, arn)
    return busy >= ofRegion - allocated(ledger, arn) ? 'ConcurrentInvocationLimitExceeded' : undefined
  }
  return {
    reserve(arn, limit) {
      if (limit === undefined) reserved.delete(arn)
      else reserved.set(arn, limit)
    },
    provision: (version, provisioned) => change(version, (count) => ({ ...count, provisioned })),
    retire(arn, version) {
      for (const known of countsOf(ledger, arn).keys()) {
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
    concurrency: (version) => concurrencyOf(ledger, version),
  }
}

function rateReason(reserved: number | undefined): ThrottleReason {
  return reserved === undefined
    ? 'FunctionInvocationRateLimitExceeded'
    : 'ReservedFunctionInvocationRateLimitExceeded'
}
