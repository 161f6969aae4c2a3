import type { Level } from '../../../logs/model/line.ts'
import type { Request } from '../../../logs/model/request.ts'
import { type ErrorGroup, groupErrors } from '../../../logs/requests/fingerprint.ts'
import { hasFailed, type RequestSummary, summaryOf } from '../../../logs/requests/summary.ts'
import type { Throttled } from '../../../ports/metrics.ts'
import type { Target } from '../../run/run.ts'
import type { Tailing } from '../patient-pages.ts'
import { type SourceStacks, sourceStacks } from '../source-stacks.ts'
import { readThrottles } from '../throttles/read-throttles.ts'
import { type RequestSink, readRequests, type Span } from './read-requests.ts'

/** The requests of one version. */
export interface VersionCount {
  /** Undefined in streams that Lambda did not name. */
  version: string | undefined
  /** How many. */
  requests: number
  /** How many. */
  failed: number
}

/** Failures of one kind, with one request of them. */
export interface ErrorKind extends Omit<ErrorGroup, 'sample'> {
  sample: Sample
}

/** A request with its lines. */
export interface Sample extends RequestSummary {
  lines: { time: number; level: Level | undefined; text: string; stack?: readonly string[] }[]
  /** How many lines more it has. */
  omitted: number
}

/** The failures of a function in a time span, by kind. */
export interface ErrorList {
  function: string
  lambdaName: string
  /** Milliseconds since the epoch. */
  since: number
  /** Exclusive; milliseconds since the epoch. */
  until: number
  /** The version whose failures are listed; undefined for all. */
  version: string | undefined
  /** The versions that had requests in that time, the one with the most requests first. */
  versions: VersionCount[]
  /** The kinds of failures; of a version, those that it had, with the counts of the others beside. */
  groups: ErrorKind[]
  /** Requests of all versions that Lambda throttled, by its metric; absent where that can't be read. */
  throttles?: readonly Throttled[]
}

/** Failures are grouped by their places, so the first one waits for the package that has its source map. Milliseconds. */
const packagePatienceMs = 20_000

/** Lists the failures of a function. Throws as `readRequests` does. */
export async function listErrors(
  run: Tailing,
  target: Target,
  span: Span & { version: string | undefined },
  sink: Omit<RequestSink, 'settled'>,
): Promise<ErrorList> {
  const { start, until = run.clock.now(), version } = span
  const groups = groupErrors(version)
  const counts = new Map<string | undefined, VersionCount>()
  const inSources = requestInSources(target, sourceStacks(run, packagePatienceMs))
  await readRequests(run, target, span, {
    ...sink,
    async settled(requests) {
      for (const request of requests) {
        if (hasFailed(request)) await inSources(request)
        groups.add(request)
        const { requests: before, failed } = counts.get(request.version) ?? { requests: 0, failed: 0 }
        counts.set(request.version, {
          version: request.version,
          requests: before + 1,
          failed: failed + Number(hasFailed(request)),
        })
      }
    },
  })
  const throttleSpan = { from: start, until }
  const throttles = await readThrottles(run, { name: target.function, ...target }, throttleSpan, sink.notice)
  const isWanted = (group: ErrorGroup) =>
    version === undefined || group.versions.some((one) => one.version === version)
  return {
    function: target.function,
    lambdaName: target.lambdaName,
    since: start,
    until,
    version,
    versions: Array.from(counts.values()).toSorted((one, other) => other.requests - one.requests),
    groups: groups
      .all()
      .filter(isWanted)
      .map((group) => ({ ...group, sample: sampleOf(group.sample) })),
    ...(throttles ? { throttles } : {}),
  }
}

/** The places in the sources are the same in all versions; those of minified bundles are not. */
function requestInSources({ lambdaName }: Target, stackOf: SourceStacks) {
  return async ({ version, lines, error }: Request): Promise<void> => {
    for (const line of error ? [...lines, error] : lines)
      if (line.stack && version !== undefined) line.stack = await stackOf(lambdaName, version, line.stack)
  }
}

function sampleOf(request: Request): Sample {
  const lines = request.lines.map(({ event, level, text, stack }) => ({
    time: event.timestamp,
    level,
    text,
    ...(stack ? { stack } : {}),
  }))
  return { ...summaryOf(request), lines, omitted: request.omitted }
}
