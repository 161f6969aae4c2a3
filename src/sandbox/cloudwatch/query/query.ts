import type { Dimension, MetricDataQuery, MetricStat, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch'
import { notImplemented } from '../../protocol/accepting.ts'
import { compute } from './compute.ts'
import { invalidValue, missingParameter, validationError } from './errors.ts'
import { idsOf, parseExpression } from './expression.ts'
import type { MathValue, Points } from './math-values.ts'
import type { MetricStore } from './metric-store.ts'
import type { MetricName } from './series.ts'
import { isPercentile, isStatistic, statistic } from './summary.ts'

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
    if (query.AccountId !== undefined) throw notImplemented('metrics of other accounts (AccountId)')
    if (query.MetricStat && query.Period !== undefined) throw periodTwice(byId.size + 1)
    if (query.MetricStat) checkMetricStat(query.MetricStat)
    byId.set(id, query)
  }
  const checked = new Set<string>()
  for (const query of queries) checkReferences(query, byId, checked, [])
}

/** In the words of a recorded answer. */
function periodTwice(place: number): Error {
  const query = `MetricDataQueries.member.${place}`
  return validationError(
    `The parameters ${query}.Period and ${query}.MetricStat are mutually exclusive and you have specified both.`,
  )
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
  for (const reference of idsOf(parseExpression(query.Expression), metricIds([...byId.values()]))) {
    const target = byId.get(reference)
    if (!target) {
      throw validationError(`Error in expression '${id}': Unrecognized operand ${reference}`)
    }
    checkReferences(target, byId, checked, [...path, id])
  }
  checked.add(id)
}

/** The result of a query. */
export interface QueryResult {
  /** In the order of time; none for an expression that comes to a number. */
  points: Points
  /** The units that the metric's data in this range have, in the order of the alphabet. The points are of the first. */
  units: readonly string[]
}

/** Runs checked queries; the results are by id. */
export function runQueries(
  store: MetricStore,
  queries: MetricDataQuery[],
  range: Range,
): Map<string, QueryResult> {
  const byId = new Map(queries.map((query) => [query.Id ?? '', query]))
  const metrics = metricIds(queries)
  const done = new Map<string, { value: MathValue; units: readonly string[] }>()
  function run(id: string): { value: MathValue; units: readonly string[] } {
    const known = done.get(id)
    if (known) return known
    const query = byId.get(id)
    const expression = parseExpression(query?.MetricStat ? '0' : (query?.Expression ?? '0'))
    const grid = gridOf(query, idsOf(expression, metrics), byId, range)
    const result = query?.MetricStat
      ? readMetric(store, query.MetricStat, range)
      : { value: compute(expression, { valueOf: (other) => run(other).value, metrics, grid }), units: [] }
    done.set(id, result)
    return result
  }
  return new Map(
    Array.from(byId.keys(), (id) => {
      const { value, units } = run(id)
      return [id, { points: value instanceof Map ? (value as Points) : new Map(), units }]
    }),
  )
}

function metricIds(queries: readonly MetricDataQuery[]): string[] {
  return queries.filter(({ MetricStat }) => MetricStat).map(({ Id }) => Id ?? '')
}

/** The periods of an expression: those of its metrics, of which CloudWatch takes the longest. */
function gridOf(
  query: MetricDataQuery | undefined,
  ids: readonly string[],
  byId: ReadonlyMap<string, MetricDataQuery>,
  { start, end }: Range,
) {
  const periods = ids.flatMap((id) => byId.get(id)?.MetricStat?.Period ?? [])
  const others = Array.from(byId.values(), ({ MetricStat }) => MetricStat?.Period ?? 0)
  const period = (query?.Period ?? Math.max(...(periods.length > 0 ? periods : others), 1)) * 1000
  return { start: Math.floor(start / period) * period, end, period }
}

/** A metric's data of the first of its units that have any in the range, as AWS's recorded answers show. */
function readMetric(
  store: MetricStore,
  stat: MetricStat,
  range: Range,
): { value: Points; units: readonly string[] } {
  const wanted = { ...range, period: (stat.Period ?? 60) * 1000, hasValues: isPercentile(stat.Stat ?? '') }
  const found = store
    .find(metricName(stat.Metric ?? {}))
    .filter(({ unit }) => !stat.Unit || stat.Unit === unit)
    .map((series) => ({ unit: series.unit, periods: store.byPeriod(series, wanted) }))
    .filter(({ periods }) => periods.size > 0)
  const points = new Map<number, number>()
  for (const [time, summary] of found[0]?.periods ?? []) {
    const value = statistic(summary, stat.Stat ?? '')
    if (value !== undefined) points.set(time, value)
  }
  return { value: points, units: found.map(({ unit }) => unit) }
}

/** The query of an alarm on one metric. */
export function singleQuery(definition: PutMetricAlarmInput): MetricDataQuery {
  const { Namespace, MetricName, Dimensions, Period, Unit, Statistic, ExtendedStatistic } = definition
  const Metric = { Namespace, MetricName, Dimensions }
  return { Id: 'metric', MetricStat: { Metric, Period, Stat: Statistic ?? ExtendedStatistic, Unit } }
}

/** Converts the API's name of a metric to the store's. */
export function metricName(metric: {
  Namespace?: string | undefined
  MetricName?: string | undefined
  Dimensions?: Dimension[] | undefined
}): MetricName {
  const dimensions = Object.fromEntries(
    (metric.Dimensions ?? []).map(({ Name = '', Value = '' }) => [Name, Value]),
  )
  return { namespace: metric.Namespace ?? '', name: metric.MetricName ?? '', dimensions }
}

/** Converts the store's dimensions to the API's. */
export function dimensionList(dimensions: Readonly<Record<string, string>>): Dimension[] {
  return Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }))
}
