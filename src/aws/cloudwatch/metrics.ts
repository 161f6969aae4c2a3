import type { MetricDataQuery, MetricDataResult } from '@aws-sdk/client-cloudwatch'
import { LambdactlError } from '../../errors/error.ts'
import type { ComparedVersions, Metrics } from '../../ports/metrics.ts'
import type { Minute } from '../../release/plan/comparison.ts'
import type { CloudWatchApi } from './api.ts'
import { counterNames, percentileNames, type Reading, type Role, trafficOf } from './traffic.ts'

const roles: readonly Role[] = ['candidate', 'stable']

/** Metrics over the CloudWatch API: one GetMetricData, with its pages, for both versions. */
export function cloudWatchMetrics(api: CloudWatchApi): Metrics {
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
    throttles: readThrottles(api),
    traffic: readFor((versions, role) => [...countsOf(versions, role), ...durationsOf(versions, role)]),
    counts: readFor(countsOf),
  }
}

function readThrottles(api: CloudWatchApi): Metrics['throttles'] {
  return async (functionName, { from, until, periodMs }) => {
    const { pages, sdk } = await api()
    const action = `read how often ${functionName} was throttled`
    const Dimensions = [{ Name: 'FunctionName', Value: functionName }]
    const Metric = { Namespace: 'AWS/Lambda', MetricName: 'Throttles', Dimensions }
    const answers = await pages(action, sdk.paginateGetMetricData, {
      MetricDataQueries: [{ Id: 'throttles', MetricStat: { Metric, Period: periodMs / 1000, Stat: 'Sum' } }],
      StartTime: new Date(from),
      EndTime: new Date(until),
      ScanBy: 'TimestampAscending' as const,
    })
    const results = answers.flatMap(({ MetricDataResults = [] }) => MetricDataResults)
    requireReadable(results, action)
    return results
      .flatMap(({ Timestamps = [], Values = [] }) =>
        Timestamps.map((timestamp, index) => ({ time: timestamp.getTime(), count: Values[index] ?? 0 })),
      )
      .filter(({ count }) => count > 0)
  }
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
  const Dimensions = [
    { Name: 'FunctionName', Value: functionName },
    { Name: 'Resource', Value: `${functionName}:${alias}` },
    { Name: 'ExecutedVersion', Value: versions[role] },
  ]
  return {
    Id: `${role}_${Stat === 'Sum' ? MetricName : Stat}`,
    MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName, Dimensions }, Period: 60, Stat },
  }
}

/** A single series may fail although the call succeeds; its counts would look like zero. */
function requireReadable(results: readonly MetricDataResult[], action: string): void {
  const failed = results.find(
    ({ StatusCode }) => StatusCode === 'InternalError' || StatusCode === 'Forbidden',
  )
  if (!failed) return
  const what = `Could not ${action}: ${failed.Id ?? 'a series'} is ${failed.StatusCode}`
  if (failed.StatusCode === 'Forbidden') {
    throw new LambdactlError('NOT_PERMITTED', what, {
      next: ['Have cloudwatch:GetMetricData granted to this identity, then run the command again.'],
    })
  }
  throw new LambdactlError('AWS_UNAVAILABLE', what, { next: ['Run the command again later.'] })
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
