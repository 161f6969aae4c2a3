import { type RequestSummary, type Selection, selected, summaryOf } from '../../../logs/requests/summary.ts'
import { type Totals, totalsOf } from '../../../logs/requests/totals.ts'
import type { Throttled } from '../../../ports/metrics.ts'
import type { Target } from '../../run/run.ts'
import type { Tailing } from '../patient-pages.ts'
import { readThrottles } from '../throttles/read-throttles.ts'
import { type RequestSink, readRequests, type Span } from './read-requests.ts'

/** The requests that are listed. */
export interface Listing extends Span, Selection {
  /** Only the requests of this version; undefined for all. */
  version: string | undefined
}

/** The requests of a function in a time span. */
export interface RequestList {
  function: string
  lambdaName: string
  /** Milliseconds since the epoch. */
  since: number
  /** Exclusive; milliseconds since the epoch. */
  until: number
  /** The number of requests in that time, the others of the same version too. */
  read: number
  requests: RequestSummary[]
  /** Of the listed requests. */
  totals: Totals
  /** Requests of all versions that Lambda throttled, by its metric; absent where that can't be read. */
  throttles?: readonly Throttled[]
}

/** Lists the requests of a function. Throws as `readRequests` does. */
export async function listRequests(
  run: Tailing,
  target: Target,
  listing: Listing,
  sink: Omit<RequestSink, 'settled'>,
): Promise<RequestList> {
  const { start, until = run.clock.now(), version } = listing
  const all: RequestSummary[] = []
  const settled: RequestSink['settled'] = (requests) => {
    const wanted = requests.filter((request) => version === undefined || request.version === version)
    for (const request of wanted) all.push(summaryOf(request))
  }
  await readRequests(run, target, listing, { ...sink, settled })
  const span = { from: start, until }
  const throttles = await readThrottles(run, { name: target.function, ...target }, span, sink.notice)
  const requests = selected(withFirstAttempts(all), listing)
  return {
    function: target.function,
    lambdaName: target.lambdaName,
    since: start,
    until,
    read: all.length,
    requests,
    totals: totalsOf(requests),
    ...(throttles ? { throttles } : {}),
  }
}

/** A request is a first attempt if another one followed it. */
function withFirstAttempts(requests: readonly RequestSummary[]): RequestSummary[] {
  const again = new Set(requests.filter(({ attempt }) => attempt !== undefined).map(({ id }) => id))
  return requests.map((request) => (again.has(request.id) ? { attempt: 1, ...request } : request))
}
