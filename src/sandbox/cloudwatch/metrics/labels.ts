import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch'
import { metricName } from '../query/query.ts'
import { keyOf } from '../query/series.ts'

/**
 * The labels of the queries by id. A query without a label of its own is called by its metric. If several queries of one
 * metric have different statistics or periods, their labels have these too: `Errors Sum 60`, as in AWS's recorded
 * answers. An expression is called by its id.
 */
export function labelsOf(queries: readonly MetricDataQuery[]): Map<string, string> {
  const returned = queries.filter(({ ReturnData, MetricStat }) => ReturnData !== false && MetricStat)
  const byMetric = Map.groupBy(returned, ({ MetricStat }) => keyOf(metricName(MetricStat?.Metric ?? {})))
  const labels = new Map(queries.map(({ Id = '' }) => [Id, Id]))
  for (const alike of byMetric.values()) {
    const stats = alike.map(({ MetricStat }) => MetricStat?.Stat ?? '')
    const periods = alike.map(({ MetricStat }) => String(MetricStat?.Period ?? ''))
    for (const [index, { Id = '', MetricStat }] of alike.entries()) {
      const parts = [
        MetricStat?.Metric?.MetricName ?? '',
        ...(differ(stats) ? stats.slice(index, index + 1) : []),
        ...(differ(periods) ? periods.slice(index, index + 1) : []),
      ]
      labels.set(Id, parts.join(' '))
    }
  }
  for (const { Id = '', Label } of queries) if (Label !== undefined) labels.set(Id, Label)
  return labels
}

function differ(values: readonly string[]): boolean {
  return new Set(values).size > 1
}
