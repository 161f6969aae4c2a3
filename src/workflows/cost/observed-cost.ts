import { isCode, LambdactlError } from '../../errors/error.ts'
import { firstNames } from '../../errors/first-few.ts'
import { type StartCounts, totalOf } from '../../operation/cold-starts/starts.ts'
import { type Bill, bill, type Usage } from '../../operation/cost/bill.ts'
import { lastDays, type Month, monthNamed } from '../../operation/cost/month.ts'
import {
  type ObservedFigures,
  observedUsage,
  reservations,
  withStarts,
} from '../../operation/cost/observed-usage.ts'
import type { PriceTable } from '../../operation/cost/own-prices.ts'
import { pricesIn } from '../../operation/cost/prices.ts'
import { billOf, type Priced } from '../../operation/cost/together.ts'
import { type Change, type WhatIf, whatIfs } from '../../operation/cost/what-if.ts'
import type { FunctionState } from '../../ports/functions.ts'
import type { Series, SeriesQuery } from '../../ports/metrics.ts'
import { liveState } from '../alias/live-state.ts'
import { measureStarts } from '../cold-starts/measure-starts.ts'
import { commandFor, deployFirst, type Run, type Target } from '../run/run.ts'

/** A function's price in a time, by what CloudWatch counted. */
export interface FunctionCost {
  function: string
  lambdaName: string
  /** Absent if there is no such function. */
  region?: string
  /**
   * The version whose memory and architecture count for the whole time: the alias's, or `$LATEST` without one. Absent if
   * there is no such function.
   */
  version?: string
  /** Absent if CloudWatch has no figures of that time. */
  usage?: Usage
  /** In US dollars. */
  bill?: Bill
  whatIf: WhatIf[]
  /** The parts that the figures leave out or assume. */
  notes: string[]
  next: string[]
}

/** The prices of functions in a time. */
export interface ObservedCost {
  /** Milliseconds since the epoch. */
  from: number
  /** Exclusive; milliseconds since the epoch. */
  until: number
  /** `2026-10`; absent for the last 30 days. */
  month?: string
  /** True for a month that goes on. */
  isOpen: boolean
  /** The date of the price table, `YYYY-MM-DD`. */
  pricesOf: string
  /** The dearest first, those without figures last. */
  functions: FunctionCost[]
  /** Of the functions with figures; absent if there are none. */
  total?: Bill
}

/** The things that a person asks for. */
export interface CostAsked {
  /** `2026-10`; undefined for the last 30 days. */
  month: string | undefined
  table: PriceTable
  change: Change
  /** Whether Logs Insights measures the starts of environments, which costs money. */
  measuresInits: boolean
}

interface ReadFunction {
  target: Target
  /** Environments that are kept ready now. */
  provisioned: number
  /** Undefined if there is no such function. */
  state: FunctionState | undefined
}

type Figure = keyof ObservedFigures
type CostQuery = SeriesQuery & { figure: Figure; lambdaName: string }

const hourMs = 3_600_000

/**
 * Prices what functions used in a time, by CloudWatch's hours. All functions are read together: 3 series for each.
 *
 * @throws LambdactlError NOT_FOUND if none of the functions is there; USAGE for a Region without prices
 */
export async function observedCost(
  run: Run,
  targets: readonly Target[],
  { month, table, change, measuresInits }: CostAsked,
): Promise<ObservedCost> {
  const read = await Promise.all(targets.map((target) => readFunction(run, target)))
  if (read.every(({ state }) => !state)) throw nothingThere(targets)
  const now = run.clock.now()
  const time = month === undefined ? lastDays(now) : monthNamed(month, now)
  const figures = await readFigures(run, targets, time)
  const spanSeconds = (time.until - time.from) / 1000
  const starts = measuresInits ? await readStarts(run, read, time) : new Map<string, StartCounts>()
  const costs = read.map((each) => {
    const { lambdaName } = each.target
    const of = { figures: figures.get(lambdaName) ?? {}, starts: starts.get(lambdaName) }
    return costOfFunction(each, of, { table, change, spanSeconds })
  })
  const priced = costs.flatMap(({ priced: one }) => (one ? [one] : []))
  return {
    ...time,
    pricesOf: table.date,
    functions: costs
      .map(({ cost }) => cost)
      .toSorted((one, other) => (other.bill?.total ?? -1) - (one.bill?.total ?? -1)),
    ...(priced.length > 0 && { total: billOf(priced) }),
  }
}

async function readFunction(run: Run, target: Target): Promise<ReadFunction> {
  const state = await liveState(run, target)
  if (!state) return { target, state, provisioned: 0 }
  const provisioned = await run.aws.concurrency.provisioned(target.lambdaName)
  return { target, state, provisioned: provisioned.reduce((sum, { available }) => sum + available, 0) }
}

function nothingThere(targets: readonly Target[]): LambdactlError {
  const names = firstNames(
    targets.map(({ lambdaName }) => lambdaName),
    5,
  )
  const [first] = targets
  return new LambdactlError('NOT_FOUND', `There is no function ${names} in Lambda here.`, {
    next: first ? [deployFirst(first)] : [],
  })
}

/** One after the other: an account has few queries at once. A function without a log group is left out. */
async function readStarts(
  run: Run,
  read: readonly ReadFunction[],
  { from: since, until }: Month,
): Promise<Map<string, StartCounts>> {
  const starts = new Map<string, StartCounts>()
  for (const { target, state } of read) {
    if (!state) continue
    try {
      const span = { since, until, dollarsPerGbSecond: undefined }
      const { versions } = await measureStarts(run, target, span, () => undefined)
      starts.set(target.lambdaName, totalOf(versions, undefined))
    } catch (error) {
      if (!isCode(error, 'NOT_FOUND')) throw error
    }
  }
  return starts
}

async function readFigures(
  { aws }: Run,
  targets: readonly Target[],
  { from, until }: Month,
): Promise<Map<string, ObservedFigures>> {
  const read = await aws.metrics.series(targets.flatMap(queriesFor), { from, until, periodMs: hourMs })
  const figures = new Map<string, ObservedFigures>()
  for (const { query, points } of read) {
    if (points.length === 0) continue
    const { lambdaName, figure } = query
    figures.set(lambdaName, { ...figures.get(lambdaName), [figure]: sumOf(points) })
  }
  return figures
}

function queriesFor({ lambdaName }: Target): CostQuery[] {
  const whole = { lambdaName, of: { function: lambdaName }, statistic: 'Sum' }
  return [
    { ...whole, figure: 'invocations', metric: 'Invocations' },
    { ...whole, figure: 'durationMs', metric: 'Duration' },
    { ...whole, figure: 'provisionedInvocations', metric: 'ProvisionedConcurrencyInvocations' },
  ]
}

function sumOf(points: Series['points']): number {
  return points.reduce((sum, { value }) => sum + value, 0)
}

function costOfFunction(
  { target, state, provisioned }: ReadFunction,
  { figures, starts }: { figures: ObservedFigures; starts: StartCounts | undefined },
  { table, change, spanSeconds }: { table: PriceTable; change: Change; spanSeconds: number },
): { cost: FunctionCost; priced?: Priced } {
  const named = { function: target.function, lambdaName: target.lambdaName }
  if (!state) {
    const next = [commandFor(target, 'deploy')]
    return { cost: { ...named, whatIf: [], notes: ['It is not in Lambda here.'], next } }
  }
  const region = regionOf(state)
  const prices = pricesIn(region, table)
  const observed = { settings: state.settings, provisioned }
  const found = { ...named, region, version: state.version }
  const counted = observedUsage(figures, observed, spanSeconds)
  if (!counted) {
    const missing = figures.invocations === undefined ? 'invocations' : 'durations'
    const notes = [`CloudWatch has no ${missing} of that time.`]
    return { cost: { ...found, whatIf: [], notes, next: [] } }
  }
  const usage = withStarts(counted, starts)
  return {
    priced: { usage, prices },
    cost: {
      ...found,
      usage,
      bill: bill(usage, prices),
      whatIf: whatIfs(usage, prices, { asked: change, spanSeconds }),
      notes: reservations(usage, observed, prices.snapStart !== undefined),
      next: starts ? [] : [commandFor(target, 'cold-starts', '--since', '30d')],
    },
  }
}

/** The fourth part of an ARN. */
function regionOf({ arn }: FunctionState): string {
  return arn.split(':')[3] ?? ''
}
