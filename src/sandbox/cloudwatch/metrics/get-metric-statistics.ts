import type {
  Datapoint,
  GetMetricStatisticsInput,
  GetMetricStatisticsOutput,
} from '@aws-sdk/client-cloudwatch'
import { invalidCombination, invalidValue, missingParameter } from '../query/errors.ts'
import type { MetricStore } from '../query/metric-store.ts'
import { checkPeriod, metricName } from '../query/query.ts'
import { isStatistic, type Summary, statistic } from '../query/summary.ts'
import { rangeOf } from './get-metric-data.ts'

/** AWS's limit of points in an answer. */
const mostDatapoints = 1440

/** GetMetricStatistics: several statistics of one metric; the oldest points of each unit first (AWS promises no order). */
export function getMetricStatistics(store: MetricStore) {
  return (input: GetMetricStatisticsInput): GetMetricStatisticsOutput => {
    const { Statistics = [], ExtendedStatistics = [] } = input
    if (!input.Namespace) throw missingParameter('Namespace')
    if (!input.MetricName) throw missingParameter('MetricName')
    if (Statistics.length + ExtendedStatistics.length === 0) throw missingParameter('Statistics')
    for (const name of [...Statistics, ...ExtendedStatistics]) {
      if (!isStatistic(name))
        throw invalidValue(`The value ${name} for parameter Statistics is not supported.`)
    }
    const period = checkPeriod('Period', input.Period) * 1000
    const range = rangeOf(input, invalidValue)
    const count = Math.ceil((range.end - range.start) / period)
    if (count > mostDatapoints) {
      throw invalidCombination(
        `You have requested up to ${count} datapoints, which exceeds the limit of ${mostDatapoints}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
      )
    }
    const wanted = store.find(metricName(input)).filter(({ unit }) => !input.Unit || input.Unit === unit)
    const periods = { ...range, period, hasValues: ExtendedStatistics.length > 0 }
    const Datapoints = wanted.flatMap((series) =>
      Array.from(store.byPeriod(series, periods), ([time, summary]) => ({
        ...datapoint(summary, Statistics, ExtendedStatistics),
        Timestamp: new Date(time),
        Unit: series.unit as Datapoint['Unit'],
      })),
    )
    return { Label: input.MetricName, Datapoints }
  }
}

function datapoint(summary: Summary, plain: readonly string[], extended: readonly string[]): Datapoint {
  const values: Record<string, number | undefined> = {}
  for (const name of plain) values[name] = statistic(summary, name)
  if (extended.length === 0) return values
  const percentiles: Record<string, number> = {}
  for (const name of extended) {
    const value = statistic(summary, name)
    if (value !== undefined) percentiles[name] = value
  }
  return { ...values, ExtendedStatistics: percentiles }
}
