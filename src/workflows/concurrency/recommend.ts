import { LambdactlError } from '../../errors/error.ts'
import {
  type Observed,
  type Priced,
  type Recommendation,
  recommend,
} from '../../operation/concurrency/recommend.ts'
import type { Prices } from '../../operation/cost/price.ts'
import { pricesIn } from '../../operation/cost/prices.ts'
import type { FunctionState } from '../../ports/functions.ts'
import type { Point } from '../../ports/metrics.ts'
import { deployFirst, type Run, type Target } from '../run/run.ts'
import { periodOf } from './show.ts'

export interface RecommendOptions {
  /** The length of the observed time, back from now; milliseconds. */
  sinceMs: number
  /** The share that is added to the peak, 0 to 1. */
  headroom: number
}

export interface ConcurrencyAdvice {
  function: string
  lambdaName: string
  /** Its Region, by which the choices are priced. */
  region: string
  memoryMb: number
  architecture: string
  /** The observed time, milliseconds since the epoch. */
  from: number
  /** Exclusive; milliseconds since the epoch. */
  until: number
  periodMs: number
  /** The periods with invocations. */
  busyPeriods: number
  /** The first and last of them, milliseconds since the epoch; absent without any. */
  observed?: { first: number; last: number }
  /** Absent without any invocation. */
  recommendation?: Recommendation
  /** The data that the advice lacks, one sentence each. */
  lacking: string[]
}

/** Less than this is no picture of a function's load. */
const littleMs = 24 * 3_600_000

/**
 * Recommends reserved and provisioned concurrency from the observed load, with the monthly price of each choice.
 *
 * @throws LambdactlError NOT_FOUND, NOT_PERMITTED
 */
export async function recommendConcurrency(
  run: Run,
  target: Target,
  { sinceMs, headroom }: RecommendOptions,
): Promise<ConcurrencyAdvice> {
  const { lambdaName } = target
  const until = run.clock.now()
  const span = { from: until - sinceMs, until, periodMs: periodOf(sinceMs) }
  const [state, read] = await Promise.all([
    run.aws.functions.get(lambdaName),
    readLoad(run, lambdaName, span),
  ])
  if (!state) throw missing(target)
  const region = state.arn.split(':')[3] ?? ''
  const { memoryMb, architecture } = state.settings
  const prices = knownPrices(region)
  const observed: Observed = { ...read.observed, spanMs: sinceMs }
  const found = recommend(observed, headroom, pricedBy(state, prices))
  return {
    function: target.function,
    lambdaName,
    region,
    memoryMb,
    architecture,
    ...span,
    busyPeriods: observed.periods.length,
    ...(read.times && { observed: read.times }),
    ...(found && { recommendation: found }),
    lacking: lackingOf({ observed, times: read.times, hasPrices: prices !== undefined, region }),
  }
}

interface Load {
  observed: Omit<Observed, 'spanMs'>
  times?: { first: number; last: number }
}

async function readLoad(
  { aws }: Run,
  lambdaName: string,
  span: { from: number; until: number; periodMs: number },
): Promise<Load> {
  const of = { function: lambdaName }
  const [invocations, durations, concurrency] = await aws.metrics.series(
    [
      { metric: 'Invocations', statistic: 'Sum', of },
      { metric: 'Duration', statistic: 'Average', of },
      { metric: 'ConcurrentExecutions', statistic: 'Maximum', of },
    ],
    span,
  )
  const averages = new Map(durations?.points.map(({ time, value }) => [time, value]))
  const periods = (invocations?.points ?? []).flatMap(({ time, value }) => {
    const averageMs = averages.get(time)
    return averageMs === undefined || value === 0 ? [] : [{ time, invocations: value, averageMs }]
  })
  const [first, last] = [periods[0], periods.at(-1)]
  return {
    observed: { periods, periodMs: span.periodMs, peak: largest(concurrency?.points ?? []) },
    ...(first && last && { times: { first: first.time, last: last.time } }),
  }
}

function largest(points: readonly Point[]): number | null {
  return points.reduce<number | null>((most, { value }) => Math.max(most ?? 0, value), null)
}

function pricedBy(
  { settings: { memoryMb, architecture } }: FunctionState,
  prices: Prices | undefined,
): Priced {
  return { memoryMb, architecture, prices }
}

/** Undefined for a Region that no price table has: its prices are not guessed. */
function knownPrices(region: string): Prices | undefined {
  try {
    return pricesIn(region)
  } catch {
    return undefined
  }
}

function lackingOf({
  observed,
  times,
  hasPrices,
  region,
}: {
  observed: Observed
  times: Load['times']
  hasPrices: boolean
  region: string
}): string[] {
  const lacking: string[] = []
  if (!times)
    lacking.push('CloudWatch has no invocation of the function in this time, so nothing can be recommended.')
  else if (times.last - times.first < Math.min(littleMs, observed.spanMs * 0.5))
    lacking.push(
      'There were invocations in less than a day of this time: a peak of another day may be larger.',
    )
  if (times && observed.peak === null)
    lacking.push(
      "CloudWatch has no ConcurrentExecutions, so the peak is by Little's law alone: bursts within a period are not in it.",
    )
  if (!hasPrices) lacking.push(`No price is known for the Region ${region}.`)
  return lacking
}

function missing(target: Target): LambdactlError {
  return new LambdactlError('NOT_FOUND', `The function ${target.lambdaName} does not exist here.`, {
    next: [deployFirst(target)],
  })
}
