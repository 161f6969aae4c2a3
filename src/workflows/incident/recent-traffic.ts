import { LambdactlError } from '../../errors/error.ts'
import type { VersionTraffic } from '../../operation/incident/find-troubles.ts'
import { type MinuteSeries, sumOf, type TrafficSum } from '../../operation/metrics/traffic.ts'
import type { Point, SeriesQuery } from '../../ports/metrics.ts'
import type { AliasState } from '../../release/values/observed.ts'
import type { Run, Target } from '../run/run.ts'
import { orFailure, type Unread, unreadOf } from '../run/unread.ts'

/** The last minutes of a function, by CloudWatch. */
export interface RecentTraffic {
  /** The first minute; milliseconds since the epoch. */
  from: number
  /** Exclusive; milliseconds since the epoch. CloudWatch may not have counted the last minute or two to the end. */
  until: number
  /** All calls of the function, also those past the alias. */
  all: TrafficSum & {
    /** The most executions at once; absent if CloudWatch has no data. */
    concurrency?: number
  }
  /** The calls by the alias, of all versions, also of those without a share now; absent if CloudWatch has none. */
  byAlias?: number
  /** The calls by the alias, of each version with a share of its traffic. */
  versions: VersionTraffic[]
}

/** A function and its alias, if it has one. */
export interface AskedTraffic {
  target: Target
  alias: AliasState | undefined
}

/** The traffic of functions by their names in Lambda, or the reason why it is unknown. */
export type Recent = { of: ReadonlyMap<string, RecentTraffic> } | { unread: Unread }

const minuteMs = 60_000
/** Long enough for a sparkline, and an incident's first minutes. */
const recentMinutes = 15

type Figure = keyof MinuteSeries | 'concurrency' | 'byAlias'

interface RecentQuery extends SeriesQuery {
  figure: Figure
  lambdaName: string
  /** Undefined for all calls of the function. */
  version: string | undefined
}

/** Reads the last minutes of all functions together, 500 series in a call: 5 for each function, and 5 for each version. */
export async function readRecent(run: Run, asked: readonly AskedTraffic[]): Promise<Recent> {
  const { aws, clock } = run
  const now = clock.now()
  const from = now - (now % minuteMs) - (recentMinutes - 1) * minuteMs
  const span = { from, until: now, periodMs: minuteMs }
  // The rest of a status counts more than its figures.
  const read = await orFailure(() => aws.metrics.series(asked.flatMap(queriesFor), span))
  if (read instanceof LambdactlError) return { unread: unreadOf(run, read) }
  const byFunction = Map.groupBy(read, ({ query }) => query.lambdaName)
  return {
    of: new Map(
      asked.map((each) => {
        const own = byFunction.get(each.target.lambdaName) ?? []
        return [each.target.lambdaName, { from, until: now, ...trafficOf(each, own) }]
      }),
    ),
  }
}

function queriesFor({ target: { lambdaName, alias: name }, alias }: AskedTraffic): RecentQuery[] {
  const whole = { lambdaName, version: undefined }
  const ofFunction = { function: lambdaName }
  const by = (version: string) => ({ ...ofFunction, qualifier: name, version })
  return [
    ...counts.map((count) => ({ ...whole, ...count, of: ofFunction })),
    { ...whole, figure: 'concurrency', metric: 'ConcurrentExecutions', statistic: 'Maximum', of: ofFunction },
    ...(alias ? [{ ...whole, ...aliasCount, of: { ...ofFunction, qualifier: name } }] : []),
    ...sharesOf(alias).flatMap(({ version }) =>
      [...counts, ...percentiles].map((figure) => ({ lambdaName, version, ...figure, of: by(version) })),
    ),
  ]
}

type Asking = Pick<RecentQuery, 'figure' | 'metric' | 'statistic'>

const counts: readonly Asking[] = [
  { figure: 'invocations', metric: 'Invocations', statistic: 'Sum' },
  { figure: 'errors', metric: 'Errors', statistic: 'Sum' },
  { figure: 'throttles', metric: 'Throttles', statistic: 'Sum' },
]
const aliasCount = { figure: 'byAlias', metric: 'Invocations', statistic: 'Sum' } as const
const percentiles: readonly Asking[] = [
  { figure: 'p50', metric: 'Duration', statistic: 'p50' },
  { figure: 'p99', metric: 'Duration', statistic: 'p99' },
]

/** The versions of an alias with their shares of its traffic in percent, the larger version first during a release. */
function sharesOf(alias: AliasState | undefined): { version: string; percent: number }[] {
  if (!alias) return []
  const { version, weight } = alias
  return [{ version, percent: 100 - (weight?.percent ?? 0) }, ...(weight ? [weight] : [])]
}

type Read = { query: RecentQuery; points: Point[] }[]

function trafficOf({ alias }: AskedTraffic, read: Read): Omit<RecentTraffic, 'from' | 'until'> {
  const concurrency = pointsOf(read, 'concurrency')
  const most = concurrency.map(({ value }) => value)
  const { invocations: byAlias } = sumOf({ ...none, invocations: pointsOf(read, 'byAlias') })
  return {
    all: {
      ...sumOf(seriesOf(read, undefined)),
      ...(most.length > 0 && { concurrency: Math.max(...most) }),
    },
    ...(byAlias !== undefined && { byAlias }),
    versions: sharesOf(alias).map((share) => ({ ...share, ...sumOf(seriesOf(read, share.version)) })),
  }
}

const none: MinuteSeries = { invocations: [], errors: [], throttles: [] }

function pointsOf(read: Read, figure: Figure): Point[] {
  return read.find(({ query }) => query.figure === figure)?.points ?? []
}

function seriesOf(read: Read, version: string | undefined): MinuteSeries {
  const of = (figure: Figure) =>
    read.find(({ query }) => query.version === version && query.figure === figure)?.points ?? []
  return {
    invocations: of('invocations'),
    errors: of('errors'),
    throttles: of('throttles'),
    p50: of('p50'),
    p99: of('p99'),
  }
}
