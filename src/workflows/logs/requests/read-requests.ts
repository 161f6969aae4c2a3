import { LambdactlError } from '../../../errors/error.ts'
import { keyRows } from '../../../logs/lines/key-rows.ts'
import { lineReader } from '../../../logs/lines/read-line.ts'
import { isOf } from '../../../logs/lines/stream-name.ts'
import type { Request } from '../../../logs/model/request.ts'
import { withAttempts } from '../../../logs/requests/attempts.ts'
import { collectRequests } from '../../../logs/requests/collect.ts'
import type { FunctionState } from '../../../ports/functions.ts'
import { commandFor, type Target } from '../../run/run.ts'
import { invokeFirst, noFunction, nothingLogged, noVersion } from '../absent/nothing-there.ts'
import { followGroups } from '../follow-groups.ts'
import { deniedError, type Notice } from '../notice.ts'
import type { Tailing } from '../patient-pages.ts'

/** A time span, milliseconds since the epoch. */
export interface Span {
  start: number
  /** Exclusive; absent for all. */
  until?: number | undefined
}

/** The receiver of requests that are read. */
export interface RequestSink {
  /** Gets requests that get no more lines. It is awaited and nothing is read meanwhile. */
  settled: (requests: Request[]) => void | Promise<void>
  /** A notice beside them: no answer, and answers again. */
  notice: (notice: Notice) => void
  /** How far the reading is: the number of lines, and the time of the last one. */
  progress: (lines: number, time: number) => void
}

/**
 * Reads the requests of one function in a time span, over all its versions and environments, from the log groups that the
 * function and `version` write to.
 *
 * @throws LambdactlError NOT_FOUND without the function or its log group; NOT_PERMITTED; INTERRUPTED
 */
export async function readRequests(
  run: Tailing,
  target: Target,
  { start, until, version }: Span & { version?: string | undefined },
  sink: RequestSink,
): Promise<void> {
  const { groups, isUnknown } = await groupsOf(run, target, version)
  let hasVersion = false
  const toLine = withAttempts(lineReader(() => target.function))
  const withoutKeys = keyRows()
  const requests = collectRequests()
  const absent = new Set<string>()
  let lines = 0
  let newest = start
  await followGroups(
    run,
    { groups: async () => groups, start, until, isFollowed: false },
    {
      async events(arrived) {
        for (const { event } of arrived) {
          if (!isOf(target.lambdaName, event.group, event.stream)) continue
          const line = withoutKeys(toLine(event))
          hasVersion ||= line.version === version
          requests.add(line)
          lines += 1
          newest = Math.max(newest, event.timestamp)
        }
        await sink.settled(requests.takeSettled(newest))
        sink.progress(lines, newest)
      },
      notice(notice) {
        // The requests of a group that can't be read would be missing in all figures.
        if (notice.notice === 'denied') throw deniedError(notice)
        if (notice.notice === 'waiting-for-group') absent.add(notice.group)
        else sink.notice(notice)
      },
    },
  )
  if (run.signal.aborted) throw new LambdactlError('INTERRUPTED', 'Interrupted: not all lines were read.')
  if (absent.size === groups.length) throw nothingLogged(groups, [target.lambdaName], invokeFirst(target))
  if (version !== undefined && isUnknown && !hasVersion) {
    const next = [`See the versions: ${commandFor(target, 'status')}`]
    throw noVersion({ functions: [target.function], version, next })
  }
  await sink.settled(requests.takeSettled(Number.POSITIVE_INFINITY))
}

/** The log groups to read; `isUnknown` if the function has no such version now. A version keeps its log group. */
async function groupsOf(
  { aws }: Tailing,
  target: Target,
  version: string | undefined,
): Promise<{ groups: readonly string[]; isUnknown: boolean }> {
  const read = (qualifier?: string) => aws.functions.get(target.lambdaName, qualifier)
  const latest = await read()
  if (!latest) throw noFunction(target, 'read logs of')
  if (version === undefined || version === '$LATEST') return { groups: [latest.logGroup], isUnknown: false }
  const older = await read(version)
  const states: FunctionState[] = older ? [latest, older] : [latest]
  return { groups: [...new Set(states.map(({ logGroup }) => logGroup))], isUnknown: !older }
}
