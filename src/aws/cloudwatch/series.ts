import type { GetMetricDataCommandInput, Metric, MetricDataResult } from '@aws-sdk/client-cloudwatch'
import type { MetricSubject, Metrics, Point, Series, SeriesQuery, SeriesSpan } from '../../ports/metrics.ts'
import type { CloudWatchApi } from './api.ts'
import { requireReadable } from './readable.ts'

/** GetMetricData takes at most 500 queries. */
const mostPerCall = 500

/** Series of Lambda's metrics over the CloudWatch API: one GetMetricData, with its pages, for each 500 of them. */
export function cloudWatchSeries(api: CloudWatchApi): Metrics['series'] {
  return async <Query extends SeriesQuery>(
    queries: readonly Query[],
    span: SeriesSpan,
  ): Promise<Series<Query>[]> => {
    const starts = Array.from(
      { length: Math.ceil(queries.length / mostPerCall) },
      (_, at) => at * mostPerCall,
    )
    const read = await Promise.all(
      starts.map((start) => readBatch(api, queries.slice(start, start + mostPerCall), span)),
    )
    const points = read.flat()
    return queries.map((query, index) => ({ query, points: points[index] ?? [] }))
  }
}

/** A metric of the namespace AWS/Lambda, or AWS/SQS for a queue, with the dimensions of its subject. */
export function lambdaMetric(
  MetricName: string,
  { function: name, qualifier, version, queue }: MetricSubject,
): Metric {
  if (queue !== undefined) {
    return { Namespace: 'AWS/SQS', MetricName, Dimensions: [{ Name: 'QueueName', Value: queue }] }
  }
  const values = {
    FunctionName: name,
    // CloudWatch has the name here, not the ARN.
    Resource: qualifier === undefined ? undefined : `${name}:${qualifier}`,
    ExecutedVersion: version,
  }
  const Dimensions = Object.entries(values).flatMap(([Name, Value]) =>
    Value === undefined ? [] : [{ Name, Value }],
  )
  return { Namespace: 'AWS/Lambda', MetricName, Dimensions }
}

/** @returns the points of each query, in their order */
async function readBatch(
  api: CloudWatchApi,
  queries: readonly SeriesQuery[],
  span: SeriesSpan,
): Promise<Point[][]> {
  const { pages, sdk } = await api()
  const action = actionOf(queries)
  const answers = await pages(action, sdk.paginateGetMetricData, inputOf(queries, span))
  const results = answers.flatMap(({ MetricDataResults = [] }) => MetricDataResults)
  requireReadable(results, action, (id) => nameOf(queries[Number(id.slice(1))]))
  return queries.map((_, index) =>
    results.filter(({ Id }) => Id === idOf(index)).flatMap((result) => pointsOf(result)),
  )
}

function inputOf(
  queries: readonly SeriesQuery[],
  { from, until, periodMs }: SeriesSpan,
): GetMetricDataCommandInput {
  return {
    MetricDataQueries: queries.map(({ metric, of, statistic }, index) => ({
      Id: idOf(index),
      MetricStat: { Metric: lambdaMetric(metric, of), Period: periodMs / 1000, Stat: statistic },
    })),
    StartTime: new Date(from),
    EndTime: new Date(until),
    ScanBy: 'TimestampAscending',
  }
}

/** An id begins with a small letter. */
function idOf(index: number): string {
  return `q${index}`
}

function pointsOf({ Timestamps = [], Values = [] }: MetricDataResult): Point[] {
  return Timestamps.flatMap((timestamp, index) => {
    const value = Values[index]
    return value === undefined ? [] : [{ time: timestamp.getTime(), value }]
  })
}

/** `read the metrics of checkout`, `read the metrics of 12 functions`. */
function actionOf(queries: readonly SeriesQuery[]): string {
  const names = new Set(queries.flatMap(({ of }) => of.function ?? of.queue ?? []))
  const [only = 'the Region'] = names
  const kinds = queries.some(({ of }) => of.queue !== undefined) ? 'functions and queues' : 'functions'
  return `read the metrics of ${names.size <= 1 ? only : `${names.size} ${kinds}`}`
}

/** `p99 of Duration`; the function is in the action. */
function nameOf(query: SeriesQuery | undefined): string {
  return query ? `${query.statistic} of ${query.metric}` : 'a series'
}
