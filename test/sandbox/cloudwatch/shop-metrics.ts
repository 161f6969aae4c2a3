import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch'
import type { RunningCloudWatch } from './running-cloudwatch.ts'

/** A time of the day that the tests play on. */
export const at = (clock: string) => new Date(`2026-11-21T${clock}Z`)
export const dimensions = { FunctionName: 'shop', Resource: 'shop:live' }
export const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }))

/** Records values of a metric of the function shop, by their time. */
export function record({ sink }: RunningCloudWatch, name: string, values: Record<string, number>): void {
  const data = Object.entries(values).map(([clock, value]) => ({
    namespace: 'AWS/Lambda',
    name,
    dimensions,
    value,
    unit: 'Count',
    timestamp: at(clock).getTime(),
  }))
  sink.record('eu-west-1', data)
}

export function query(Id: string, MetricName: string, Stat: string, Period = 60): MetricDataQuery {
  const Metric = { Namespace: 'AWS/Lambda', MetricName, Dimensions: Dimensions.toReversed() }
  return { Id, MetricStat: { Metric, Period, Stat } }
}

/** The range of GetMetricData in these tests. */
export const fiveMinutes = {
  StartTime: at('10:00:00'),
  EndTime: at('10:05:00'),
  ScanBy: 'TimestampAscending' as const,
}
