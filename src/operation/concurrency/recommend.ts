import { bill } from '../cost/bill.ts'
import type { Architecture, Prices } from '../cost/price.ts'

/** The invocations of a function in one period. */
export interface Period {
  invocations: number
  /** Their mean duration. */
  averageMs: number
}

/** The figures that CloudWatch has about a function. */
export interface Observed {
  /** The periods with invocations; in all others there were none. */
  periods: readonly Period[]
  periodMs: number
  /** The length of the whole time. */
  spanMs: number
  /** The largest ConcurrentExecutions; null: CloudWatch has no value. */
  peak: number | null
}

/** The function's size, and the prices of its Region. */
export interface Priced {
  memoryMb: number
  architecture: Architecture
  /** Undefined: no price is known for the Region. */
  prices: Prices | undefined
}

/** A way to give a function concurrency. */
interface Choice {
  kind: 'on-demand' | 'provisioned' | 'autoscaled'
  /** Provisioned environments, or the least of them. */
  amount: number
  /** The most environments, if they are scaled. */
  most?: number
  /** The share of the work that provisioned environments would have done, 0 to 1. */
  warmShare: number
  /** USD in a month of 730 hours, without requests, which cost the same; null: no price is known. */
  monthly: number | null
}

export interface Recommendation {
  /** The largest concurrency, observed or by Little's law. */
  peak: number
  /** The largest concurrency by Little's law alone: rate times duration. */
  littlesPeak: number
  /** The concurrency that was not exceeded in half, and in nine tenths of the time. */
  median: number
  /** Concurrent executions. */
  p90: number
  /** The share that is added to the peak, 0 to 1. */
  headroom: number
  /** The reservation that fits. */
  reserve: number
  choices: Choice[]
}

/** The utilization that autoscaling keeps, and by which it is priced. */
const scaledUtilization = 0.7
/** A month of 730 hours, as in AWS's own examples. */
const monthSeconds = 730 * 3600

/**
 * Recommends concurrency from what was observed: by Little's law a period's mean concurrency is its rate of invocations
 * times their duration. Undefined without any invocation.
 */
export function recommend(observed: Observed, headroom: number, of: Priced): Recommendation | undefined {
  const levels = observed.periods
    .map((period) => concurrencyOf(period, observed.periodMs))
    .filter((level) => level > 0)
  if (levels.length === 0) return undefined
  const littlesPeak = levels.reduce((most, level) => Math.max(most, level), 0)
  const peak = Math.max(Math.ceil(littlesPeak), observed.peak ?? 0)
  const count = Math.max(levels.length, Math.round(observed.spanMs / observed.periodMs))
  const load = { levels, count, of }
  const [median, p90] = [quantile(load, 0.5), quantile(load, 0.9)]
  const most = withHeadroom(peak, headroom)
  const amounts = [0, Math.ceil(median), withHeadroom(p90, headroom), most]
  const fixed = [...new Set(amounts)].toSorted((a, b) => a - b).map((amount) => fixedChoice(load, amount))
  return {
    peak,
    littlesPeak,
    median,
    p90,
    headroom,
    reserve: most,
    choices: most > 1 ? [...fixed, scaledChoice(load, Math.max(1, Math.ceil(median)), most)] : fixed,
  }
}

interface Load {
  /** Of the periods with invocations. */
  levels: readonly number[]
  /** Of all periods. */
  count: number
  of: Priced
}

/** Little's law: the mean number of invocations that run at a time. */
export function concurrencyOf({ invocations, averageMs }: Period, periodMs: number): number {
  return (invocations * averageMs) / periodMs
}

/** The level that the given share of all periods does not exceed; those without invocations have 0. */
function quantile({ levels, count }: Load, share: number): number {
  const index = Math.ceil(count * share) - 1 - (count - levels.length)
  return index < 0 ? 0 : (levels.toSorted((a, b) => a - b)[index] ?? 0)
}

/** In whole environments. A sum such as 1.1 × 10 must not become 12. */
function withHeadroom(level: number, headroom: number): number {
  return Math.ceil(Number((level * (1 + headroom)).toFixed(6)))
}

function fixedChoice(load: Load, amount: number): Choice {
  return {
    kind: amount === 0 ? 'on-demand' : 'provisioned',
    amount,
    ...priced(load, () => amount),
  }
}

/** As if scaling followed at once; AWS's takes some minutes. */
function scaledChoice(load: Load, amount: number, most: number): Choice {
  const of = (level: number) => Math.min(most, Math.max(amount, Math.ceil(level / scaledUtilization)))
  return { kind: 'autoscaled', amount, most, ...priced(load, of) }
}

/** @param environmentsAt the provisioned environments at a level of concurrency */
function priced(
  { levels, count, of: { prices, ...size } }: Load,
  environmentsAt: (level: number) => number,
): Pick<Choice, 'warmShare' | 'monthly'> {
  const sum = (of: (level: number) => number) => levels.reduce((total, level) => total + of(level), 0)
  const work = sum((level) => level)
  const warm = sum((level) => Math.min(level, environmentsAt(level)))
  const kept = sum(environmentsAt) + (count - levels.length) * environmentsAt(0)
  const month = (periods: number) => (periods / count) * monthSeconds
  const usage = {
    ...size,
    storageMb: 0,
    requests: 0,
    seconds: month(work - warm),
    provisionedSeconds: month(kept),
    provisionedRunSeconds: month(warm),
  }
  const monthly = prices ? bill(usage, prices).total : null
  return { warmShare: warm / work, monthly }
}
