import { setImmediate } from 'node:timers/promises'
import type { GetQueryResultsResponse, ResultField, StartQueryRequest } from '@aws-sdk/client-cloudwatch-logs'
import type { Call } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import { invalidParameter } from '../errors.ts'
import { sizeOf, startOf } from '../events.ts'
import type { LogStore } from '../log-store.ts'
import { groupNameOf } from '../names.ts'
import { discoveredFields } from './discovered-fields.ts'
import { type Found, newestFirst } from './newest-first.ts'
import { openQuery, type RunningQuery } from './run-query.ts'

export interface Query {
  groups: readonly string[]
  text: string
  /** Milliseconds since the epoch. */
  started: number
  /** Undefined while it runs. */
  end: 'Complete' | 'Failed' | 'Cancelled' | undefined
  results: ResultField[][]
  statistics: NonNullable<GetQueryResultsResponse['statistics']>
}

/** Events that a query reads before other requests have their turn. */
const eventsInTurn = 1000
/** AWS's limit of results, and its default. */
const mostResults = 10_000

/** A query that has begun, and its events. */
export interface BegunQuery {
  query: Query
  running: RunningQuery
  events: Iterable<Found>
  account: string
}

/**
 * @throws ServiceError MalformedQueryException, ResourceNotFoundException, InvalidParameterException
 */
export function beginQuery(
  store: LogStore,
  input: StartQueryRequest,
  { call: { account, requestId }, started }: { call: Call; started: number },
): BegunQuery {
  const { queryLanguage = 'CWLI', queryString = '', startTime = 0, endTime = 0 } = input
  if (queryLanguage !== 'CWLI')
    throw invalidParameter(`The sandbox has no query language ${queryLanguage}, but CWLI.`)
  if (endTime < startTime) throw invalidParameter('End time should not be before start time.')
  const names = groupsOf(input)
  const groups = names.map((name) => {
    const group = store.groups.get(name)
    if (!group) throw noGroupToQuery(name, account, requestId)
    return group
  })
  const span = { from: startOf(startTime * 1000), to: startOf((endTime + 1) * 1000) }
  const sources = names.map((name) => `"${name}"`).join(', ')
  const query: Query = {
    groups: names,
    text: `SOURCE ${sources} START=${startTime}000 END=${endTime}999 | ${queryString}`,
    started,
    end: undefined,
    results: [],
    statistics: { recordsMatched: 0, recordsScanned: 0, bytesScanned: 0 },
  }
  const running = openQuery(queryString, input.limit ?? mostResults)
  return { query, running, events: newestFirst(store.events, groups, span), account }
}

/** Reads the events in turns with other requests. */
export async function runToEnd(
  { query, running, events, account }: BegunQuery,
  closing: AbortSignal,
): Promise<void> {
  let [scanned, bytes] = [0, 0]
  for (const { group, event } of events) {
    running.add(discoveredFields(`${account}:${group.name}`, event))
    scanned += 1
    bytes += sizeOf(event)
    if (scanned % eventsInTurn === 0) {
      query.statistics = { recordsMatched: running.matched(), recordsScanned: scanned, bytesScanned: bytes }
      await setImmediate()
      if (query.end || closing.aborted) return
    }
  }
  query.results = running.results()
  query.statistics = { recordsMatched: running.matched(), recordsScanned: scanned, bytesScanned: bytes }
  query.end = 'Complete'
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
