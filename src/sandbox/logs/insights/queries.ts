import { randomUUID } from 'node:crypto'
import type {
  DescribeQueriesRequest,
  DescribeQueriesResponse,
  GetQueryResultsRequest,
  GetQueryResultsResponse,
  QueryStatus,
  StartQueryRequest,
  StopQueryRequest,
} from '@aws-sdk/client-cloudwatch-logs'
import { notImplemented } from '../../protocol/accepting.ts'
import { numberKey } from '../../protocol/paging.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import { invalidParameter } from '../errors.ts'
import type { LogStore } from '../log-store.ts'
import { describePage } from '../paging.ts'
import { beginQuery, type Query, runToEnd } from './started-query.ts'

/** A query counts as running for at least this long, as in AWS, milliseconds. */
const runsMs = 300
/** The newest queries are kept. */
const mostQueries = 100

/** StartQuery, GetQueryResults, DescribeQueries and StopQuery: Logs Insights with a part of its language. */
export function queryOperations(store: LogStore, clock: () => number, closing: AbortSignal): Operations {
  const queries = new Map<string, Query>()
  const queryOf = (id: string | undefined) => {
    const query = queries.get(id ?? '')
    if (!query)
      throw new ServiceError('ResourceNotFoundException', 400, 'The specified query does not exist.')
    return query
  }
  const statusOf = ({ started, end }: Query): QueryStatus => {
    const isEarly = end === 'Complete' && clock() - started < runsMs
    return end === undefined || isEarly ? 'Running' : end
  }
  return {
    StartQuery(input: StartQueryRequest, call: Call): object {
      const queryId = randomUUID()
      const begun = beginQuery(store, input, { call, started: clock() })
      queries.set(queryId, begun.query)
      for (const id of queries.keys()) if (queries.size > mostQueries) queries.delete(id)
      runToEnd(begun, closing).catch((error: unknown) => {
        begun.query.end = 'Failed'
        console.error('A query of CloudWatch Logs failed:', error)
      })
      return { queryId }
    },
    GetQueryResults({ queryId, nextToken, maxItems }: GetQueryResultsRequest): GetQueryResultsResponse {
      if (nextToken !== undefined || maxItems !== undefined)
        throw notImplemented('pages of results (maxItems and nextToken)')
      const query = queryOf(queryId)
      const status = statusOf(query)
      const { results, statistics } = query
      return { queryLanguage: 'CWLI', status, statistics, results: status === 'Complete' ? results : [] }
    },
    DescribeQueries(input: DescribeQueriesRequest): DescribeQueriesResponse {
      const { logGroupName, status: wanted, queryLanguage = 'CWLI', maxResults, nextToken } = input
      const found = Array.from(queries, ([queryId, query], index) => ({
        ...describedQuery(queryId, query, statusOf(query)),
        index,
        names: query.groups,
      })).filter(
        ({ status, names }) =>
          (wanted === undefined || status === wanted) &&
          (logGroupName === undefined || names.includes(logGroupName)) &&
          queryLanguage === 'CWLI',
      )
      const request = { limit: maxResults, nextToken }
      const order = { descending: true, usual: 1000 }
      const { page, ...token } = describePage(found, ({ index }) => numberKey(index), request, order)
      return { queries: page.map(({ index: _, names: _names, ...query }) => query), ...token }
    },
    StopQuery({ queryId }: StopQueryRequest): object {
      const query = queryOf(queryId)
      if (statusOf(query) !== 'Running') throw invalidParameter('The query has already ended.')
      query.end = 'Cancelled'
      return { success: true }
    },
  }
}

function describedQuery(queryId: string, { text, started, groups }: Query, status: QueryStatus) {
  return {
    queryId,
    queryLanguage: 'CWLI' as const,
    queryString: text,
    status,
    createTime: started,
    logGroupName: groups[0],
  }
}
