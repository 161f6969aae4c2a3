import type { MetricDatum, PutMetricDataInput, StatisticSet } from '@aws-sdk/client-cloudwatch'
import type { Datum } from '../../telemetry.ts'
import { invalidValue, missingParameter } from '../query/errors.ts'
import type { MetricStore } from '../query/metric-store.ts'
import { metricName } from '../query/query.ts'
import { addValue, emptySummary, type Summary } from '../query/summary.ts'
import { checkData } from './check-data.ts'

/** PutMetricData: a single Value, Values with Counts, or StatisticValues, which outweigh Values. */
export function putMetricData(store: MetricStore, clock: () => number) {
  return (input: PutMetricDataInput): object => {
    if (!input.Namespace) throw missingParameter('Namespace')
    const data = input.MetricData ?? []
    if (data.length > 1000)
      throw invalidValue('The collection MetricData must not have a size greater than 1000.')
    const now = clock()
    checkData(input.Namespace, data, now)
    for (const datum of data) put(store, input.Namespace, datum, now)
    return {}
  }
}

function put(store: MetricStore, namespace: string, datum: MetricDatum, now: number): void {
  const metric: Omit<Datum, 'value'> = {
    ...metricName({ ...datum, Namespace: namespace }),
    unit: datum.Unit ?? 'None',
    timestamp: datum.Timestamp?.getTime() ?? now,
  }
  if (datum.StatisticValues) store.recordSummary(metric, summaryOf(datum.StatisticValues))
  else if (datum.Values) {
    // An old value is added in the database, so all values of a datum are added together.
    if (datum.Values.length > 0) store.recordSummary(metric, summaryOfValues(datum.Values, datum.Counts))
  } else store.record({ ...metric, value: datum.Value ?? 0 })
}

function summaryOfValues(values: readonly number[], counts: readonly number[] = []): Summary {
  const summary = emptySummary()
  for (const [index, value] of values.entries()) addValue(summary, value, counts[index] ?? 1)
  return summary
}

/** CloudWatch has percentiles of a statistic set only if it stands for one value, or for equal values. */
function summaryOf({ SampleCount = 0, Sum = 0, Minimum = 0, Maximum = 0 }: StatisticSet): Summary {
  const seen = new Map(Minimum === Maximum ? [[Minimum, SampleCount]] : [])
  return { sum: Sum, minimum: Minimum, maximum: Maximum, count: SampleCount, seen }
}
