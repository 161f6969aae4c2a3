import type { DimensionFilter, ListMetricsInput, ListMetricsOutput } from '@aws-sdk/client-cloudwatch'
import { ownEntry } from '../../own-entry.ts'
import { pageOf } from '../../protocol/paging.ts'
import type { Call } from '../../protocol/service.ts'
import { invalidToken, invalidValue } from '../query/errors.ts'
import type { MetricStore } from '../query/metric-store.ts'
import { dimensionList } from '../query/query.ts'
import { keyOf, type Series } from '../query/series.ts'

/** AWS's page size. */
const pageSize = 500

/** The only span that `RecentlyActive` takes, PT3H, in milliseconds. */
const recently = 3 * 3_600_000

/**
 * ListMetrics: a dimension filter without a value matches any value; a metric may have more dimensions. There are no
 * linked accounts.
 */
export function listMetrics(store: MetricStore, clock: () => number) {
  return (input: ListMetricsInput, { account }: Call): ListMetricsOutput => {
    if (input.RecentlyActive !== undefined && input.RecentlyActive !== 'PT3H')
      throw invalidValue(`The value ${String(input.RecentlyActive)} for parameter RecentlyActive is invalid.`)
    if (input.OwningAccount !== undefined && input.OwningAccount !== account) return { Metrics: [] }
    const isWanted = (series: Series) =>
      matches(series, input) &&
      (input.RecentlyActive === undefined || (store.lastOf(series) ?? 0) >= clock() - recently)
    const matching = new Map(
      Array.from(store.all())
        .filter(isWanted)
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
  const value = ownEntry(series.dimensions, Name)
  return value !== undefined && (Value === undefined || Value === value)
}
