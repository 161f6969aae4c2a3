import type { MetricDatum, PutMetricDataInput, StatisticSet } from '@aws-sdk/client-cloudwatch'
import type { Datum } from '../../telemetry.ts'
import { invalidCombination, invalidValue, missingParameter } from '../query/errors.ts'
import type { MetricStore } from '../query/metric-store.ts'
import { metricName } from '../query/query.ts'
import type { Summary } from '../query/summary.ts'

const hour = 3_600_000

/**
 * PutMetricData: a single Value, Values with Counts, or StatisticValues. Data older than the store's retention is
 * dropped.
 */
export function putMetricData(store: MetricStore, clock: () => number) {
  return (input: PutMetricDataInput): object => {
    if (!input.Namespace) throw missingParameter('Namespace')
    const data = input.MetricData ?? []
    if (data.length > 1000)
      throw invalidValue('The collection MetricData must not have a size greater than 1000.')
    const now = clock()
    for (const [index, datum] of data.entries()) {
      check(datum, `MetricData.member.${index + 1}`)
      checkTime(datum, `MetricData.member.${index + 1}`, now)
    }
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

/** CloudWatch accepts data from two weeks ago until two hours ahead. */
function checkTime({ Timestamp }: MetricDatum, path: string, now: number): void {
  const ahead = (Timestamp?.getTime() ?? now) - now
  if (ahead > 2 * hour) {
    throw invalidValue(
      `The parameter ${path}.Timestamp must specify a time no more than two hours in the future.`,
    )
  }
  if (ahead < -14 * 24 * hour) {
    throw invalidValue(`The parameter ${path}.Timestamp must specify a time within the past two weeks.`)
  }
}

function check(datum: MetricDatum, path: string): void {
  if (!datum.MetricName) throw missingParameter(`${path}.MetricName`)
  const given = (['Value', 'Values', 'StatisticValues'] as const).filter((name) => datum[name] !== undefined)
  const [first, second] = given
  if (first === undefined) throw missingParameter(`${path}.Value`)
  if (second !== undefined) {
    throw invalidCombination(
      `The parameters ${path}.${first} and ${path}.${second} are mutually exclusive and you have specified both.`,
    )
  }
  if (datum.Counts && datum.Counts.length !== datum.Values?.length) {
    throw invalidValue(`The parameters ${path}.Values and ${path}.Counts must be of the same size.`)
  }
  if (datum.StorageResolution !== undefined && ![1, 60].includes(datum.StorageResolution)) {
    throw invalidValue(`The parameter ${path}.StorageResolution must be 1 or 60.`)
  }
  if ((datum.Dimensions?.length ?? 0) > 30) {
    throw invalidValue(`The collection ${path}.Dimensions must not have a size greater than 30.`)
  }
}
