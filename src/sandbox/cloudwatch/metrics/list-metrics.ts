import type { DimensionFilter, ListMetricsInput, ListMetricsOutput } from '@aws-sdk/client-cloudwatch'
import { pageOf } from '../../protocol/paging.ts'
import { invalidToken } from '../query/errors.ts'
import type { MetricStore } from '../query/metric-store.ts'
import { dimensionList } from '../query/query.ts'
import { keyOf, type Series } from '../query/series.ts'

/** AWS's page size. */
const pageSize = 500

/** ListMetrics: a dimension filter without a value matches any value; a metric may have more dimensions. */
export function listMetrics(store: MetricStore) {
  return (input: ListMetricsInput): ListMetricsOutput => {
    const matching = new Map(
      Array.from(store.all())
        .filter((series) => matches(series, input))
        .map((series) => [keyOf(series), series]),
    )
    const { items, next } = pageOf([...matching.values()], keyOf, {
      size: pageSize,
      token: input.NextToken,
      invalidToken,
    })
    const Metrics = items.map(({ namespace, name, dimensions }) => ({
      Namespace: namespace,
      MetricName: name,
      Dimensions: dimensionList(dimensions),
    }))
    return { Metrics, ...(next && { NextToken: next }) }
  }
}

function matches(series: Series, { Namespace, MetricName, Dimensions = [] }: ListMetricsInput): boolean {
  if (Namespace && Namespace !== series.namespace) return false
  if (MetricName && MetricName !== series.name) return false
  return Dimensions.every((filter) => hasDimension(series, filter))
}

function hasDimension(series: Series, { Name = '', Value }: DimensionFilter): boolean {
  const value = series.dimensions[Name]
  return value !== undefined && (Value === undefined || Value === value)
}
