import { LambdactlError } from '../../errors/error.ts'
import { keptMs, periodFor } from '../../operation/metrics/period.ts'
import type { SeriesQuery } from '../../ports/metrics.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { parseRecord } from '../../release/values/record.ts'
import { noFunction } from '../logs/absent/nothing-there.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'
import type { FunctionMetrics, MetricSeries } from './function-metrics.ts'
import { readLogged } from './logged-metrics.ts'

/** The wanted time, milliseconds since the epoch, and whether versions are told apart. */
export interface MetricWishes {
  from: number
  until: number
  byVersion: boolean
}

interface Wanted extends SeriesQuery {
  unit: MetricSeries['unit']
}

/**
 * Reads a function's metrics: those of CloudWatch by one call, and those that only the lines at the end of requests have by
 * Logs Insights.
 *
 * @throws LambdactlError USAGE for a time that CloudWatch does not have any more, NOT_FOUND without the function and any data of it, or without an alias if versions are wanted
 */
export async function readMetrics(run: Run, target: Target, wishes: MetricWishes): Promise<FunctionMetrics> {
  const now = run.clock.now()
  if (wishes.from < now - keptMs) throw tooOld(target)
  const periodMs = periodFor(wishes.from, wishes.until, now)
  const from = wishes.from - (wishes.from % periodMs)
  const span = { from, until: wishes.until, periodMs }
  const versions = wishes.byVersion ? await versionsOf(run, target) : undefined
  const [read, logged] = await Promise.all([
    run.aws.metrics.series(queriesFor(target, versions), span),
    readLogged(run, target, span, wishes.byVersion),
  ])
  const series = read.map(({ query, points }) => ({
    metric: query.metric,
    statistic: query.statistic,
    unit: query.unit,
    ...(query.of.version !== undefined && { version: query.of.version }),
    points,
  }))
  const { series: more, ...told } = logged
  // The metrics of a function that was deleted are still there.
  const hasData = [...series, ...more].some(({ points }) => points.length > 0)
  if (!hasData && !(await run.aws.functions.get(target.lambdaName)))
    throw noFunction(target, 'show metrics of')
  return {
    function: target.function,
    lambdaName: target.lambdaName,
    ...span,
    // Of the many versions of the past only those that ran are of interest.
    series: [...series, ...more].filter(({ version, points }) => version === undefined || points.length > 0),
    ...told,
  }
}

function tooOld(target: Target): LambdactlError {
  return new LambdactlError(
    'USAGE',
    'CloudWatch keeps figures for 455 days, and this time begins before that.',
    {
      next: [`Begin later: ${commandFor(target, 'metrics', '--since', '450d')}`],
    },
  )
}

/** The versions of the alias, and those that held it or were released to it before. */
async function versionsOf({ aws }: Run, target: Target): Promise<string[]> {
  const alias = await aws.aliases.get(target.lambdaName, target.alias)
  if (!alias) {
    throw new LambdactlError(
      'NOT_FOUND',
      `${target.lambdaName} has no alias ${target.alias}, whose versions could be told apart.`,
      { next: [`Release it: ${commandFor(target, 'deploy')}`, 'Or leave --by version out.'] },
    )
  }
  return [...new Set(namedIn(alias))]
}

function namedIn({ version, weight, description }: AliasState): string[] {
  const record = parseRecord(description)
  return [version, ...(weight ? [weight.version] : []), ...(record ? [record.candidate, ...record.held] : [])]
}

type Figure = Pick<Wanted, 'metric' | 'statistic' | 'unit'>

const ofVersions: readonly Figure[] = [
  ...['Invocations', 'Errors', 'Throttles'].map((metric) => ({
    metric,
    statistic: 'Sum',
    unit: 'count' as const,
  })),
  ...['p50', 'p90', 'p99'].map((statistic) => ({ metric: 'Duration', statistic, unit: 'ms' as const })),
]
const ofFunctions: readonly Figure[] = [
  { metric: 'ConcurrentExecutions', statistic: 'Maximum', unit: 'count' },
  { metric: 'IteratorAge', statistic: 'Maximum', unit: 'ms' },
  { metric: 'DeadLetterErrors', statistic: 'Sum', unit: 'count' },
]

function queriesFor({ lambdaName, alias }: Target, versions: readonly string[] | undefined): Wanted[] {
  const whole = { function: lambdaName }
  const subjects = versions?.map((version) => ({ ...whole, qualifier: alias, version })) ?? [whole]
  return [
    ...ofVersions.flatMap((figure) => subjects.map((of) => ({ ...figure, of }))),
    ...ofFunctions.map((figure) => ({ ...figure, of: whole })),
  ]
}
