import type { MetricDataQuery, MetricDataResult } from '@aws-sdk/client-cloudwatch'
import type { ComparedVersions, Metrics, SeriesSpan, Throttled } from '../../ports/metrics.ts'
import type { Minute } from '../../release/plan/comparison.ts'
import type { CloudWatchApi } from './api.ts'
import { requireReadable } from './readable.ts'
import { cloudWatchSeries, lambdaMetric } from './series.ts'
import { counterNames, percentileNames, type Reading, type Role, trafficOf } from './traffic.ts'

const roles: readonly Role[] = ['candidate', 'stable']

/** Metrics over the CloudWatch API: one GetMetricData, with its pages, for both versions. */
export function cloudWatchMetrics(api: CloudWatchApi): Metrics {
  const series = cloudWatchSeries(api)
  const readFor =
    (queriesOf: QueriesOf): Metrics['traffic'] =>
    async (versions, from, until) => {
      const { pages, sdk } = await api()
      const action = `read the metrics of ${versions.functionName}:${versions.alias}`
      const input = {
        MetricDataQueries: roles.flatMap((role) => queriesOf(versions, role)),
        StartTime: new Date(from),
        EndTime: new Date(until),
        ScanBy: 'TimestampAscending' as const,
      }
      const answers = await pages(action, sdk.paginateGetMetricData, input)
      const results = answers.flatMap(({ MetricDataResults = [] }) => MetricDataResults)
      requireReadable(results, action)
      return minutesOf(results)
    }
  return {
    series,
    throttles: (functionName, span) => throttles(series, functionName, span),
    traffic: readFor((versions, role) => [...countsOf(versions, role), ...durationsOf(versions, role)]),
    counts: readFor(countsOf),
  }
}

async function throttles(
  series: Metrics['series'],
  functionName: string,
  span: SeriesSpan,
): Promise<Throttled[]> {
  const query = { metric: 'Throttles', of: { function: functionName }, statistic: 'Sum' }
  const [read] = await series([query], span)
  const points = read?.points ?? []
  return points.filter(({ value }) => value > 0).map(({ time, value }) => ({ time, count: value }))
}

type QueriesOf = (versions: ComparedVersions, role: Role) => MetricDataQuery[]

const countsOf: QueriesOf = (versions, role) =>
  counterNames.map((name) => queryOf(versions, role, name, 'Sum'))

const durationsOf: QueriesOf = (versions, role) =>
  percentileNames.map((percentile) => queryOf(versions, role, 'Duration', percentile))

/** The alias's metric of one version: only FunctionName, Resource and ExecutedVersion together distinguish versions. */
function queryOf(
  { functionName, alias, ...versions }: ComparedVersions,
  role: Role,
  MetricName: string,
  Stat: string,
): MetricDataQuery {
  const of = { function: functionName, qualifier: alias, version: versions[role] }
  return {
    Id: `${role}_${Stat === 'Sum' ? MetricName : Stat}`,
    MetricStat: { Metric: lambdaMetric(MetricName, of), Period: 60, Stat },
  }
}

/** The series joined by their minute. */
function minutesOf(results: readonly MetricDataResult[]): Minute[] {
  const readings = new Map<number, Record<Role, Reading>>()
  for (const { Id = '', Timestamps = [], Values = [] } of results) {
    const role = roles.find((each) => Id.startsWith(`${each}_`))
    if (!role) continue
    Timestamps.forEach((timestamp, index) => {
      const time = timestamp.getTime()
      const reading = readings.get(time) ?? { candidate: {}, stable: {} }
      reading[role][Id.slice(role.length + 1)] = Values[index]
      readings.set(time, reading)
    })
  }
  return [...readings]
    .toSorted(([one], [other]) => one - other)
    .map(([time, { candidate, stable }]) => ({
      time,
      candidate: trafficOf(candidate),
      stable: trafficOf(stable),
    }))
}
