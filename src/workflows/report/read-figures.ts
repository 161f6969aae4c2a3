import { LambdactlError } from '../../errors/error.ts'
import { keptMs } from '../../operation/metrics/period.ts'
import type { MinuteSeries } from '../../operation/metrics/traffic.ts'
import { type VersionFigures, versionFigures } from '../../operation/report/figures.ts'
import type { ReportSpan, UnreadPart } from '../../operation/report/report.ts'
import type { Point, SeriesQuery } from '../../ports/metrics.ts'
import type { PastRelease } from '../../release/history/history.ts'
import type { Run, Target } from '../run/run.ts'
import { orFailure } from '../run/unread.ts'

type Figure = keyof MinuteSeries

interface VersionQuery extends SeriesQuery {
  figure: Figure
  version: string
}

interface FiguresAsked {
  release: Pick<PastRelease, 'candidate' | 'from'>
  span: ReportSpan
  /** Milliseconds since the epoch. */
  now: number
}

/**
 * The figures of a release's two versions by its alias, by one call: five series for each.
 *
 * @returns undefined, with the reason in `unread`, if CloudWatch does not have them any more or can't be read
 */
export async function readFigures(
  { aws }: Run,
  target: Target,
  { release, span, now }: FiguresAsked,
  unread: UnreadPart[],
): Promise<VersionFigures[] | undefined> {
  if (span.from < now - keptMs) {
    unread.push({
      part: 'figures',
      reason: 'CloudWatch keeps figures for 455 days, and this release is older.',
    })
    return undefined
  }
  const versions = rolesOf(release)
  const queries = versions.flatMap(({ version }) => queriesFor(target, version))
  const read = await orFailure(() => aws.metrics.series(queries, span))
  if (read instanceof LambdactlError) {
    unread.push({ part: 'figures', reason: read.message })
    return undefined
  }
  return versions.map((of) => {
    const own = read.filter(({ query }) => query.version === of.version)
    return versionFigures(of, seriesOf(own))
  })
}

function rolesOf({ candidate, from }: FiguresAsked['release']): Pick<VersionFigures, 'version' | 'role'>[] {
  return [
    { version: candidate, role: 'candidate' },
    ...(from === undefined || from === candidate ? [] : [{ version: from, role: 'stable' as const }]),
  ]
}

const asked: readonly Pick<VersionQuery, 'figure' | 'metric' | 'statistic'>[] = [
  { figure: 'invocations', metric: 'Invocations', statistic: 'Sum' },
  { figure: 'errors', metric: 'Errors', statistic: 'Sum' },
  { figure: 'throttles', metric: 'Throttles', statistic: 'Sum' },
  { figure: 'p50', metric: 'Duration', statistic: 'p50' },
  { figure: 'p99', metric: 'Duration', statistic: 'p99' },
]

function queriesFor({ lambdaName, alias }: Target, version: string): VersionQuery[] {
  const of = { function: lambdaName, qualifier: alias, version }
  return asked.map((figure) => ({ ...figure, version, of }))
}

function seriesOf(read: readonly { query: VersionQuery; points: Point[] }[]): Required<MinuteSeries> {
  const of = (figure: Figure) => read.find(({ query }) => query.figure === figure)?.points ?? []
  return {
    invocations: of('invocations'),
    errors: of('errors'),
    throttles: of('throttles'),
    p50: of('p50'),
    p99: of('p99'),
  }
}
