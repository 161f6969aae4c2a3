import type { Dimension, MetricDataQuery, MetricStat } from '@aws-sdk/client-cloudwatch'
import { invalidValue, missingParameter, validationError } from './errors.ts'
import { compute, idsOf, type Points, parseExpression } from './expression.ts'
import { byPeriod, type MetricName, type MetricStore } from './metric-store.ts'
import { isStatistic, statistic } from './summary.ts'

/**
 * Both in milliseconds since the epoch; `start` is inclusive and each query rounds it down to its period, `end` is
 * exclusive.
 */
export interface Range {
  start: number
  end: number
}

/**
 * Refuses queries that CloudWatch refuses: ids that are malformed, repeated or unknown, statistics and periods that do
 * not exist, a query with neither or both of MetricStat and Expression, and circular expressions.
 *
 * @throws ServiceError
 */
export function checkQueries(queries: MetricDataQuery[]): void {
  const byId = new Map<string, MetricDataQuery>()
  for (const query of queries) {
    const id = query.Id ?? ''
    if (!/^[a-z][A-Za-z0-9_]{0,254}$/.test(id)) {
      throw invalidValue(
        `The value ${id} for parameter Id is invalid: it must start with a lowercase letter and hold letters, digits and underscores.`,
      )
    }
    if (byId.has(id))
      throw validationError(`The values for parameter id in MetricDataQueries are not unique: ${id}`)
    if ((query.MetricStat === undefined) === (query.Expression === undefined)) {
      throw validationError(`MetricDataQuery ${id} must have exactly one of MetricStat and Expression.`)
    }
    if (query.MetricStat) checkMetricStat(query.MetricStat)
    byId.set(id, query)
  }
  const checked = new Set<string>()
  for (const query of queries) checkReferences(query, byId, checked, [])
}

function checkMetricStat({ Metric, Period, Stat }: MetricStat): void {
  if (!Metric?.MetricName) throw missingParameter('MetricStat.Metric.MetricName')
  if (!Metric.Namespace) throw missingParameter('MetricStat.Metric.Namespace')
  if (!Stat || !isStatistic(Stat))
    throw invalidValue(`The value ${Stat ?? ''} for parameter Stat is not supported.`)
  checkPeriod('MetricStat.Period', Period)
}

/** CloudWatch accepts 1, 5, 10, 20 or 30 seconds and multiples of 60. */
export function checkPeriod(parameter: string, period: number | undefined): number {
  if (period === undefined) throw missingParameter(parameter)
  if (![1, 5, 10, 20, 30].includes(period) && (period <= 0 || period % 60 !== 0)) {
    throw invalidValue(`The parameter ${parameter} must be 1, 5, 10, 20, 30 or a multiple of 60.`)
  }
  return period
}

/** @param checked the ids that are checked already: without it, expressions that use each other twice take for ever */
function checkReferences(
  query: MetricDataQuery,
  byId: Map<string, MetricDataQuery>,
  checked: Set<string>,
  path: string[],
): void {
  const id = query.Id ?? ''
  if (query.Expression === undefined || checked.has(id)) return
  if (path.includes(id))
    throw validationError(`The expressions lead round in a circle: ${[...path, id].join(' -> ')}`)
  for (const reference of idsOf(parseExpression(query.Expression))) {
    const target = byId.get(reference)
    if (!target) {
      throw validationError(`Error in expression '${id}': Unrecognized operand ${reference}`)
    }
    checkReferences(target, byId, checked, [...path, id])
  }
  checked.add(id)
}

/** Runs checked queries; the results are by id, in the order of time. An expression that uses no id has no points. */
export function runQueries(
  store: MetricStore,
  queries: MetricDataQuery[],
  range: Range,
): Map<string, Points> {
  const byId = new Map(queries.map((query) => [query.Id ?? '', query]))
  const done = new Map<string, Points | number>()
  function run(id: string): Points | number {
    const known = done.get(id)
    if (known !== undefined) return known
    const query = byId.get(id)
    const points = query?.MetricStat
      ? readMetric(store, query.MetricStat, range)
      : compute(parseExpression(query?.Expression ?? ''), run)
    done.set(id, points)
    return points
  }
  const results = new Map<string, Points>()
  for (const id of byId.keys()) {
    const points = run(id)
    results.set(id, typeof points === 'number' ? new Map() : points)
  }
  return results
}

function readMetric(store: MetricStore, stat: MetricStat, { start, end }: Range): Points {
  const points = new Map<number, number>()
  const series = store.find(metricName(stat.Metric ?? {}))
  if (!series || (stat.Unit && stat.Unit !== series.unit)) return points
  for (const [time, summary] of byPeriod(series, (stat.Period ?? 60) * 1000, start, end)) {
    const value = statistic(summary, stat.Stat ?? '')
    if (value !== undefined) points.set(time, value)
  }
  return points
}

/** Converts the API's name of a metric to the store's. */
export function metricName(metric: {
  Namespace?: string | undefined
  MetricName?: string | undefined
  Dimensions?: Dimension[] | undefined
}): MetricName {
  const dimensions: Record<string, string> = {}
  for (const { Name, Value } of metric.Dimensions ?? []) dimensions[Name ?? ''] = Value ?? ''
  return { namespace: metric.Namespace ?? '', name: metric.MetricName ?? '', dimensions }
}

/** Converts the store's dimensions to the API's. */
export function dimensionList(dimensions: Readonly<Record<string, string>>): Dimension[] {
  return Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }))
}
