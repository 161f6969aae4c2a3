import type {
  GetMetricDataInput,
  GetMetricDataOutput,
  MetricDataQuery,
  MetricDataResult,
} from '@aws-sdk/client-cloudwatch'
import { invalidToken, missingParameter, validationError } from '../query/errors.ts'
import type { MetricStore } from '../query/metric-store.ts'
import { checkQueries, type QueryResult, type Range, runQueries } from '../query/query.ts'
import { labelsOf } from './labels.ts'

/** AWS's limits: queries in a call, points in a page. */
const mostQueries = 500
const mostDatapoints = 100_800

/**
 * GetMetricData: StartTime is inclusive, EndTime exclusive; the newest points come first unless ScanBy says the
 * opposite.
 */
export function getMetricData(store: MetricStore) {
  return (input: GetMetricDataInput): GetMetricDataOutput => {
    const queries = input.MetricDataQueries ?? []
    if (queries.length > mostQueries) {
      throw validationError(
        `The collection MetricDataQueries must not have a size greater than ${mostQueries}.`,
      )
    }
    checkQueries(queries)
    const found = runQueries(store, queries, rangeOf(input))
    const labels = labelsOf(queries)
    const results = queries
      .filter((query) => query.ReturnData !== false)
      .map((query) => resultOf(query, found.get(query.Id ?? ''), labels.get(query.Id ?? ''), input.ScanBy))
    return page(
      results,
      Math.min(input.MaxDatapoints ?? mostDatapoints, mostDatapoints),
      offsetOf(input.NextToken),
    )
  }
}

/** @throws ServiceError unless StartTime is before EndTime; each operation has a code of its own for that */
export function rangeOf(
  input: { StartTime?: Date | undefined; EndTime?: Date | undefined },
  refusal: (message: string) => Error = validationError,
): Range {
  if (!input.StartTime) throw missingParameter('StartTime')
  if (!input.EndTime) throw missingParameter('EndTime')
  const range = { start: input.StartTime.getTime(), end: input.EndTime.getTime() }
  if (range.start >= range.end) {
    throw refusal('The parameter StartTime must be less than the parameter EndTime.')
  }
  return range
}

function resultOf(
  query: MetricDataQuery,
  result: QueryResult | undefined,
  label: string | undefined,
  scanBy: string | undefined,
): MetricDataResult {
  const points = [...(result?.points ?? [])]
  if (scanBy !== 'TimestampAscending') points.reverse()
  const units = result?.units ?? []
  return {
    Id: query.Id,
    Label: label,
    Timestamps: points.map(([time]) => new Date(time)),
    Values: points.map(([, value]) => value),
    StatusCode: 'Complete',
    ...(units.length > 1 && {
      Messages: [{ Code: 'MultipleUnits', Value: `Multiple units returned: '[${units.join(', ')}]'` }],
    }),
  }
}

/** Cuts a page of `size` points out of all results, in the order of the results. */
function page(results: MetricDataResult[], size: number, offset: number): GetMetricDataOutput {
  const end = offset + size
  const shown: MetricDataResult[] = []
  let position = 0
  for (const result of results) {
    const length = result.Values?.length ?? 0
    const [from, to] = [Math.max(offset - position, 0), Math.min(end - position, length)]
    const onThisPage = length === 0 ? position >= offset && position < end : from < to
    if (onThisPage) {
      shown.push({
        ...result,
        Timestamps: result.Timestamps?.slice(from, to),
        Values: result.Values?.slice(from, to),
        StatusCode: to < length ? 'PartialData' : 'Complete',
      })
    }
    position += length
  }
  return { MetricDataResults: shown, Messages: [], ...(position > end && { NextToken: tokenOf(end) }) }
}

/** A token is the number of points on the earlier pages. */
function offsetOf(token: string | undefined): number {
  if (token === undefined) return 0
  const match = /^offset:(\d+)$/.exec(Buffer.from(token, 'base64url').toString('utf8'))
  if (!match) throw invalidToken()
  return Number(match[1])
}

function tokenOf(offset: number): string {
  return Buffer.from(`offset:${offset}`).toString('base64url')
}
