import type { MetricDatum, PutMetricDataInput, StatisticSet } from '@aws-sdk/client-cloudwatch'
import type { Datum } from '../../telemetry.ts'
import { invalidValue, missingParameter } from '../query/errors.ts'
import type { MetricStore } from '../query/metric-store.ts'
import { metricName } from '../query/query.ts'
import type { Summary } from '../query/summary.ts'
import { checkData } from './check-data.ts'

/**
 * PutMetricData: a single Value, Values with Counts, or StatisticValues, which outweigh Values. Data older than the store's retention is
 * dropped.
 */
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
    for (const [index, value] of datum.Values.entries()) {
      store.record({ ...metric, value }, datum.Counts?.[index] ?? 1)
    }
  } else store.record({ ...metric, value: datum.Value ?? 0 })
}

/** CloudWatch has percentiles of a statistic set only if it stands for one value, or for equal values. */
function summaryOf({ SampleCount = 0, Sum = 0, Minimum = 0, Maximum = 0 }: StatisticSet): Summary {
  const seen = new Map(Minimum === Maximum ? [[Minimum, SampleCount]] : [])
  return { sum: Sum, minimum: Minimum, maximum: Maximum, count: SampleCount, seen }
}
