import chalk from 'chalk'
import { durationWords } from '../../release/values/duration.ts'
import type { FunctionMetrics, MetricSeries } from '../../workflows/metrics/function-metrics.ts'
import { resampled } from '../text/charts/resampled.ts'
import { sparkline } from '../text/charts/sparkline.ts'
import { csv } from '../text/csv.ts'
import { formatBytes } from '../text/figures.ts'
import { plainLine } from '../text/plain.ts'
import { table } from '../text/table.ts'
import { tellTimes } from '../text/time.ts'

/** The width of all that is beside a chart, and the least width of a chart; columns. */
const besides = 53
const leastChart = 6

/**
 * A function's metrics as small charts, one row each: a bar for each period, a dot for one without data.
 *
 * @param width of the terminal, in columns
 */
export function metricsText(metrics: FunctionMetrics, width: number): string {
  const rows = metrics.series.map((series) => {
    if (series.points.length === 0) return [nameOf(series), 'no data', '']
    return [nameOf(series), chartOf(series, metrics, width), figuresOf(series)]
  })
  return [headOf(metrics), ...table(rows, [{}, {}, { wraps: true }], { width }), ...logLines(metrics)].join(
    '\n',
  )
}

function headOf({ function: name, lambdaName, from, until, periodMs }: FunctionMetrics): string {
  const tellTime = tellTimes()
  const span = `${tellTime(from)} to ${tellTime(until)}, ${durationWords(periodMs)} each`
  return `${chalk.bold(plainLine(name))} ${chalk.dim(`(${plainLine(lambdaName)})`)}  ${span}`
}

/** `duration p99 v42` */
function nameOf({ metric, statistic, version }: MetricSeries): string {
  const words = metric.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()
  const isPercentile = statistic.startsWith('p')
  return [
    words,
    ...(isPercentile ? [statistic] : []),
    ...(version === undefined ? [] : [`v${version}`]),
  ].join(' ')
}

function chartOf(series: MetricSeries, { from, until, periodMs }: FunctionMetrics, width: number): string {
  const at = new Map(series.points.map(({ time, value }) => [time, value]))
  const count = Math.ceil((until - from) / periodMs)
  const values = Array.from({ length: count }, (_, index) => at.get(from + index * periodMs))
  const together = isSum(series) ? sum : highest
  return sparkline(resampled(values, Math.max(leastChart, width - besides), together))
}

/** `12,345, at most 320` for a sum; `at most 1.2 s, last 12 ms` for all others. */
function figuresOf(series: MetricSeries): string {
  const values = series.points.map(({ value }) => value)
  const text = (value: number) => valueText(value, series.unit)
  const most = `at most ${text(highest(values))}`
  if (isSum(series) && sum(values) === 0) return '0'
  return isSum(series) ? `${text(sum(values))}, ${most}` : `${most}, last ${text(values.at(-1) ?? 0)}`
}

function isSum({ statistic }: MetricSeries): boolean {
  return statistic === 'Sum'
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function highest(values: readonly number[]): number {
  return Math.max(...values)
}

function valueText(value: number, unit: MetricSeries['unit']): string {
  if (unit === 'ms') return durationWords(value)
  const rounded = Math.round(value).toLocaleString('en')
  return unit === 'MB' ? `${rounded} MB` : rounded
}

function logLines({ logBytes, logUnknown }: FunctionMetrics): string[] {
  if (logUnknown !== undefined) return [`  no cold starts and memory: ${plainLine(logUnknown)}`]
  return logBytes === undefined
    ? []
    : [`  ${formatBytes(logBytes)} of the log read, for cold starts and memory`]
}

/** A row for each value; times are in UTC. */
export function metricsCsv({ function: name, series }: FunctionMetrics): string {
  return csv(
    ['time', 'function', 'version', 'metric', 'statistic', 'unit', 'value'],
    series.flatMap(({ metric, statistic, unit, version, points }) =>
      points.map(({ time, value }) => [
        new Date(time).toISOString(),
        name,
        version,
        metric,
        statistic,
        unit,
        value,
      ]),
    ),
  )
}
