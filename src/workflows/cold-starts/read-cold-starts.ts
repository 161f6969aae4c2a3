import { isCode } from '../../errors/error.ts'
import { adviceFrom, type StartAdvice } from '../../operation/cold-starts/advice.ts'
import { type StartCounts, totalOf, type VersionStarts } from '../../operation/cold-starts/starts.ts'
import type { PriceTable } from '../../operation/cost/own-prices.ts'
import type { Prices } from '../../operation/cost/price.ts'
import { pricesIn } from '../../operation/cost/prices.ts'
import type { FunctionState } from '../../ports/functions.ts'
import type { InsightsState } from '../../ports/logs/insights.ts'
import { liveState } from '../alias/live-state.ts'
import { noFunction } from '../logs/absent/nothing-there.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'
import { measureStarts } from './measure-starts.ts'

/** The starts of a function's environments in a time. */
export interface ColdStarts {
  function: string
  lambdaName: string
  /** Milliseconds since the epoch. */
  since: number
  /** Exclusive; milliseconds since the epoch. */
  until: number
  /** The version with the most requests first; empty if no request ended in that time. */
  versions: VersionStarts[]
  total: StartCounts
  /** The date of the price table, `YYYY-MM-DD`. */
  pricesOf: string
  advice: (Omit<StartAdvice, 'verb'> & { next?: string })[]
  /** The bytes that Insights read: AWS charges by them. */
  scannedBytes: number
}

export interface StartsAsked {
  /** Milliseconds since the epoch. */
  since: number
  until: number
  table: PriceTable
}

/**
 * Measures the starts of a function's environments from the lines that Lambda ends requests with, by one query of Logs
 * Insights over the function's log group.
 *
 * @param tell is called with the state at each look
 * @throws LambdactlError as `queryLogs` does
 */
export async function readColdStarts(
  run: Run,
  target: Target,
  { since, until, table }: StartsAsked,
  tell: (state: InsightsState) => void,
): Promise<ColdStarts> {
  const { lambdaName } = target
  const state = await liveState(run, target)
  if (!state) throw noFunction(target, 'query logs of')
  const provisioned = await run.aws.concurrency.provisioned(lambdaName)
  const prices = knownPrices(state, table)
  const perGbSecond = prices?.duration[state.settings.architecture]
  const span = { since, until, dollarsPerGbSecond: perGbSecond }
  const { versions, scannedBytes } = await measureStarts(run, target, span, tell)
  const total = totalOf(versions, perGbSecond)
  const advice = adviceFrom({
    span: { since, until },
    total,
    most: versions.toSorted((one, other) => startsIn(other) - startsIn(one))[0],
    settings: state.settings,
    bytes: state.bytes,
    provisioned: provisioned.reduce((sum, { available }) => sum + available, 0),
    prices,
  })
  return {
    function: target.function,
    lambdaName,
    since,
    until,
    versions,
    total,
    pricesOf: table.date,
    advice: advice.map(({ verb, ...said }) => ({
      ...said,
      ...(verb && { next: commandFor(target, ...verb) }),
    })),
    scannedBytes,
  }
}

function startsIn({ inits, restores }: VersionStarts): number {
  return inits + restores
}

/** Undefined for a Region that no price table has: its prices are not guessed. */
function knownPrices({ arn }: FunctionState, table: PriceTable): Prices | undefined {
  try {
    return pricesIn(arn.split(':')[3] ?? '', table)
  } catch (error) {
    if (isCode(error, 'USAGE')) return undefined
    throw error
  }
}
