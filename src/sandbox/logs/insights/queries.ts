import { randomUUID } from 'node:crypto'
import type {
  DescribeQueriesRequest,
  DescribeQueriesResponse,
  GetQueryResultsRequest,
  GetQueryResultsResponse,
  QueryStatus,
  ResultField,
  StartQueryRequest,
  StopQueryRequest,
} from '@aws-sdk/client-cloudwatch-logs'
import { notImplemented } from '../../protocol/accepting.ts'
import { numberKey } from '../../protocol/paging.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import { invalidParameter } from '../errors.ts'
import { sizeOf, startOf } from '../events.ts'
import type { LogStore } from '../log-store.ts'
import { groupNameOf } from '../names.ts'
import { describePage } from '../paging.ts'
import { discoveredFields } from './discovered-fields.ts'
import { runQuery } from './run-query.ts'

interface Query {
  groups: readonly string[]
  text: string
  /** Milliseconds since the epoch. */
  started: number
  isStopped: boolean
  results: ResultField[][]
  statistics: NonNullable<GetQueryResultsResponse['statistics']>
}

/** A query counts as running for this long, as in AWS, milliseconds. */
const runsMs = 300
/** AWS's limit of results, and its default. */
const mostResults = 10_000
/** The newest queries are kept. */
const mostQueries = 100

/** StartQuery, GetQueryResults, DescribeQueries and StopQuery: Logs Insights with a part of its language. */
export function queryOperations(store: LogStore, clock: () => number): Operations {
  const queries = new Map<string, Query>()
  const queryOf = (id: string | undefined) => {
    const query = queries.get(id ?? '')
    if (!query)
      throw new ServiceError('ResourceNotFoundException', 400, 'The specified query does not exist.')
    return query
  }
  const statusOf = ({ started, isStopped }: Query): QueryStatus => {
    if (isStopped) return 'Cancelled'
    return clock() - started < runsMs ? 'Running' : 'Complete'
  }
  return {
    StartQuery(input: StartQueryRequest, call: Call): object {
      const queryId = randomUUID()
      queries.set(queryId, { started: clock(), isStopped: false, ...answerOf(store, input, call) })
      for (const id of queries.keys()) if (queries.size > mostQueries) queries.delete(id)
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
        index,
        queryId,
        queryLanguage: 'CWLI' as const,
        queryString: query.text,
        status: statusOf(query),
        createTime: query.started,
        logGroupName: query.groups[0],
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
      query.isStopped = true
      return { success: true }
    },
  }
}

function answerOf(
  store: LogStore,
  input: StartQueryRequest,
  { account, requestId }: Call,
): Pick<Query, 'groups' | 'text' | 'results' | 'statistics'> {
  const { queryLanguage = 'CWLI', queryString = '', startTime = 0, endTime = 0 } = input
  if (queryLanguage !== 'CWLI')
    throw invalidParameter(`The sandbox has no query language ${queryLanguage}, but CWLI.`)
  if (endTime < startTime) throw invalidParameter('End time should not be before start time.')
  const names = groupsOf(input)
  const events = names.flatMap((name) => {
    const group = store.groups.get(name)
    if (!group) throw noGroupToQuery(name, account, requestId)
    const span = { from: startOf(startTime * 1000), to: startOf((endTime + 1) * 1000) }
    return Array.from(store.events.inGroup(group, span), (event) => ({
      event,
      fields: discoveredFields(`${account}:${name}`, event),
    }))
  })
  const sorted = events.toSorted((one, other) => one.event.timestamp - other.event.timestamp)
  const limit = input.limit ?? mostResults
  const results = runQuery(
    queryString,
    sorted.map(({ fields }) => fields),
    limit,
  )
  const bytesScanned = events.reduce((sum, { event }) => sum + sizeOf(event), 0)
  const sources = names.map((name) => `"${name}"`).join(', ')
  return {
    groups: names,
    text: `SOURCE ${sources} START=${startTime}000 END=${endTime}999 | ${queryString}`,
    results,
    statistics: { recordsMatched: results.length, recordsScanned: events.length, bytesScanned },
  }
}

/** StartQuery has words of its own for this. */
function noGroupToQuery(name: string, account: string, requestId: string): Error {
  const detail = `Service: AWSLogs; Status Code: 400; Error Code: ResourceNotFoundException; Request ID: ${requestId}; Proxy: null`
  const message = `Log group '${name}' does not exist for account ID '${account}' (${detail})`
  return new ServiceError('ResourceNotFoundException', 400, message)
}

/** @throws ServiceError for no group, and for more than one way to name them */
function groupsOf({ logGroupName, logGroupNames, logGroupIdentifiers }: StartQueryRequest): string[] {
  const ways = [logGroupName && [logGroupName], logGroupNames, logGroupIdentifiers].filter(Boolean)
  if (ways.length !== 1)
    throw invalidParameter('Exactly one of logGroupName, logGroupNames and logGroupIdentifiers is needed.')
  return logGroupIdentifiers
    ? logGroupIdentifiers.map((logGroupIdentifier) => groupNameOf({ logGroupIdentifier }))
    : (logGroupNames ?? [logGroupName]).map((name) => groupNameOf({ logGroupName: name }))
}
