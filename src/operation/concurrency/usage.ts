/** A question for a statistic of a metric, as CloudWatch's reader takes it, with the figure that it is for. */
export interface UsageQuery {
  metric: string
  statistic: 'Maximum' | 'Sum'
  of: { function?: string; qualifier?: string; version?: string }
  figure: Figure
  /** The version or alias of provisioned concurrency. */
  provisioned?: string
}

type Figure = 'peak' | 'throttles' | 'utilization' | 'spillover'

/** A function whose usage is asked for. */
export interface Used {
  lambdaName: string
  alias: string
  provisioned: readonly { qualifier: string }[]
}

/** The largest concurrency of the whole Region. */
export const regionQuery: UsageQuery = {
  metric: 'ConcurrentExecutions',
  statistic: 'Maximum',
  of: {},
  figure: 'peak',
}

/** The questions about one function. */
export function usageQueries({ lambdaName, alias, provisioned }: Used): UsageQuery[] {
  const of = { function: lambdaName }
  return [
    { metric: 'ConcurrentExecutions', statistic: 'Maximum', of, figure: 'peak' },
    { metric: 'Throttles', statistic: 'Sum', of, figure: 'throttles' },
    ...provisioned.flatMap(({ qualifier }) => provisionedQueries(lambdaName, alias, qualifier)),
  ]
}

/** Calls by an alias are not counted at its version, so a version's own environments are asked for by both. */
function provisionedQueries(lambdaName: string, alias: string, qualifier: string): UsageQuery[] {
  const direct = { function: lambdaName, qualifier }
  const isVersion = /^\d+$/.test(qualifier)
  const subjects = isVersion
    ? [direct, { function: lambdaName, qualifier: alias, version: qualifier }]
    : [direct]
  return subjects.flatMap((of) => [
    {
      metric: 'ProvisionedConcurrencyUtilization',
      statistic: 'Maximum',
      of,
      figure: 'utilization',
      provisioned: qualifier,
    },
    {
      metric: 'ProvisionedConcurrencySpilloverInvocations',
      statistic: 'Sum',
      of,
      figure: 'spillover',
      provisioned: qualifier,
    },
  ])
}

/** The answer to a question. */
export interface UsageSeries {
  query: UsageQuery
  points: readonly { value: number }[]
}

/**
 * A figure out of the answers: the largest value of maxima, the sum of sums. Null if CloudWatch has no value, which is
 * not 0.
 */
export function figureOf(
  series: readonly UsageSeries[],
  figure: Figure,
  { function: name, provisioned }: { function?: string; provisioned?: string },
): number | null {
  const values = series
    .filter(
      ({ query }) =>
        query.figure === figure && query.of.function === name && query.provisioned === provisioned,
    )
    .flatMap(({ query, points }) => points.map(({ value }) => ({ value, statistic: query.statistic })))
  if (values.length === 0) return null
  return values.reduce(
    (found, { value, statistic }) => (statistic === 'Sum' ? found + value : Math.max(found, value)),
    0,
  )
}
