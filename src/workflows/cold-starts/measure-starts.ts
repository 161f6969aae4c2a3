import { startsQuery } from '../../logs/insights/starts-query.ts'
import { startsOf, type VersionStarts } from '../../operation/cold-starts/starts.ts'
import type { InsightsState } from '../../ports/logs/insights.ts'
import { queryLogs } from '../logs/query-logs.ts'
import type { Run, Target } from '../run/run.ts'

/** The starts of each version, the one with the most requests first, and the bytes that Insights read. */
export interface MeasuredStarts {
  versions: VersionStarts[]
  scannedBytes: number
}

/** The most versions that had requests in one time. */
const mostVersions = 1000

/**
 * Measures the starts of a function's environments by one query of Logs Insights over its log group.
 *
 * @param span milliseconds since the epoch; `until` is exclusive
 * @param dollarsPerGbSecond undefined if it is not known
 * @param tell is called with the state at each look
 * @throws LambdactlError as `queryLogs` does
 */
export async function measureStarts(
  run: Run,
  target: Target,
  { dollarsPerGbSecond, ...span }: { since: number; until: number; dollarsPerGbSecond: number | undefined },
  tell: (state: InsightsState) => void,
): Promise<MeasuredStarts> {
  const query = { query: startsQuery(target.lambdaName), ...span, limit: mostVersions }
  const { rows, bytes: scannedBytes } = await queryLogs(run, target, query, tell)
  return { versions: rows.map((row) => startsOf(row, dollarsPerGbSecond)), scannedBytes }
}
