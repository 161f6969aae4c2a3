import { LambdactlError } from '../../errors/error.ts'
import { reportsOver } from '../../logs/insights/reports-over.ts'
import type { InsightsRow } from '../../ports/logs/insights.ts'
import { queryLogs } from '../logs/query-logs.ts'
import type { Run, Target } from '../run/run.ts'
import type { FunctionMetrics, MetricSeries } from './function-metrics.ts'

/** The metrics that CloudWatch does not have: they are in the lines with which requests end. */
type Logged = Pick<FunctionMetrics, 'series' | 'logBytes' | 'logUnknown'>

type Span = Pick<FunctionMetrics, 'from' | 'until' | 'periodMs'>

/** Insights returns at most so many rows. */
const mostRows = 10_000

/** Reads cold starts and memory by Logs Insights; a log that can't be read leaves them out, with the reason. */
export async function readLogged(run: Run, target: Target, span: Span, byVersion: boolean): Promise<Logged> {
  const { from: since, until, periodMs } = span
  const query = { query: reportsOver(periodMs, byVersion), since, until, limit: mostRows }
  try {
    const { rows, bytes } = await queryLogs(run, target, query, () => undefined)
    return { series: seriesOf(rows, byVersion), logBytes: bytes }
  } catch (error) {
    if (!(error instanceof LambdactlError) || error.code === 'INTERRUPTED' || error.code === 'BUG')
      throw error
    return { series: [], logUnknown: error.message }
  }
}

const figures = [
  { column: 'cold', metric: 'ColdStarts', statistic: 'Sum', unit: 'count' },
  { column: 'init50', metric: 'InitDuration', statistic: 'p50', unit: 'ms' },
  { column: 'init99', metric: 'InitDuration', statistic: 'p99', unit: 'ms' },
  { column: 'used', metric: 'MaxMemoryUsed', statistic: 'Maximum', unit: 'MB' },
  { column: 'size', metric: 'MemorySize', statistic: 'Maximum', unit: 'MB' },
] as const

function seriesOf(rows: readonly InsightsRow[], byVersion: boolean): MetricSeries[] {
  const groups = Map.groupBy(rows, (row) => (byVersion ? (row['version'] ?? '') : ''))
  return figures.flatMap(({ column, metric, statistic, unit }) =>
    [...groups].map(([version, own]) => ({
      metric,
      statistic,
      unit,
      ...(version !== '' && { version }),
      points: own.flatMap((row) => pointOf(row, column)),
    })),
  )
}

function pointOf(row: InsightsRow, column: string): { time: number; value: number }[] {
  const time = Date.parse(`${(row['time'] ?? '').replace(' ', 'T')}Z`)
  const value = Number(row[column])
  return row[column] === undefined || Number.isNaN(value) || Number.isNaN(time) ? [] : [{ time, value }]
}
