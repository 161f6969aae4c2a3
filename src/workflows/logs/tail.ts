import type { Arrived } from '../../logs/following/in-order.ts'
import { lineReader } from '../../logs/lines/read-line.ts'
import type { LogEvent } from '../../logs/model/event.ts'
import type { ShownLine } from '../../logs/model/shown-line.ts'
import { withAttempts } from '../../logs/requests/attempts.ts'
import { requireAlias, requireFunctions, requireGroup } from './absent/nothing-there.ts'
import { tellUnknownVersion } from './absent/tell-unknown-version.ts'
import { followGroups } from './follow-groups.ts'
import type { LiveFigures } from './live-beside.ts'
import type { Notice } from './notice.ts'
import type { Tailing } from './patient-pages.ts'
import { sourceStacks } from './source-stacks.ts'
import { tellThrottles } from './throttles/tell-throttles.ts'
import { type KnownFunctions, knownFunctions, type Source, type WantedFunctions } from './wanted-functions.ts'
import { type Versions, type WantedVersions, wantedVersions } from './wanted-versions.ts'

/** The lines that a tail gives. */
export interface Tail {
  functions: WantedFunctions
  /** Absent for all. */
  versions?: Versions | undefined
  /** The time from which lines are wanted, milliseconds since the epoch. */
  start: number
  /** Exclusive; absent for all. */
  until?: number | undefined
  /** CloudWatch's filter pattern; absent for all. Lines that it leaves out can't name the request of others. */
  pattern?: string | undefined
  /** If false, the tail ends with the present lines. */
  isFollowed: boolean
  /** Whether Live Tail makes lines quicker while the tail follows. */
  isLive?: boolean | undefined
  /** Whether throttled requests are told, which have no lines. */
  tellsThrottles?: boolean | undefined
}

/** The receiver of a tail's lines. */
export interface LineSink {
  /** Gets lines in order, each once. It is awaited and nothing is read meanwhile. */
  lines: (lines: ShownLine[]) => Promise<void>
  notice: (notice: Notice) => void
  /** Gets, where Live Tail is used, what returns its figures of now. */
  live?: ((figures: () => LiveFigures) => void) | undefined
}

/** The pauses before the first look and between the looks, milliseconds. */
interface Pauses {
  first: () => number
  others: () => number
}

/**
 * The aliases are read so often while versions are wanted by their parts in the traffic: Lambda's control plane takes 15
 * calls a second.
 */
function aliasPausesMs(functions: KnownFunctions): Pauses {
  const pauseMs = () => Math.max(1000, 200 * functions.existing().length)
  return { first: pauseMs, others: pauseMs }
}
/** Lines wait no longer than this for the package that has their source map, milliseconds. */
const packagePatienceMs = 2000
/** CloudWatch counts throttled requests by the minute. */
const throttlePausesMs: Pauses = { first: () => 1000, others: () => 60_000 }

/**
 * Gives the lines of functions, over all their versions and environments. Lines of other writers in the same groups are
 * left out. Functions and groups that do not exist yet are waited for, and AWS is asked again while it does not answer: a
 * tail in an incident does not exit.
 *
 * @returns the functions that there are at the end
 * @throws LambdactlError NOT_FOUND when there is nothing to read and nothing is waited for
 */
export async function tailLogs(run: Tailing, tail: Tail, sink: LineSink): Promise<readonly Source[]> {
  const { isFollowed, isLive, start, until, pattern } = tail
  const absent = new Set<string>()
  const notice = (told: Notice) => {
    if (told.notice === 'waiting-for-group') absent.add(told.group)
    sink.notice(told)
  }
  const functions = knownFunctions(run, tail.functions, notice)
  const versions = wantedVersions(run, tail.versions, notice)
  const throttles = tail.tellsThrottles ? tellThrottles(run, { from: start, until }, notice) : undefined
  const lookForVersion = tellUnknownVersion(run, tail.versions, notice)
  const read = new Set<string>()
  const groups = async () => {
    const names = await functions.groups()
    if (!isFollowed) requireFunctions(functions.existing(), tail.functions)
    await versions.look(functions.existing())
    if (!isFollowed) requireAlias(functions.existing(), versions.absent(), tail)
    await lookForVersion(functions.existing())
    for (const name of names) read.add(name)
    return names
  }
  const linesOf = shownLines(functions, versions)
  const stackOf = sourceStacks(run, packagePatienceMs)
  const inSources = ({ event, version, stack = [] }: ShownLine) => {
    const writer = functions.writerOf(event)
    return writer && version !== undefined ? stackOf(writer.lambdaName, version, stack) : stack
  }

  const ended = new AbortController()
  const lookForThrottles = async () => throttles?.(functions.existing())
  const keep = keepLooking(run, ended.signal)
  const looks = isFollowed
    ? [
        keep(aliasPausesMs(functions), () => versions.look(functions.existing())),
        keep(throttlePausesMs, lookForThrottles),
      ]
    : []
  try {
    await followGroups(
      run,
      { groups, start, until, pattern, isFollowed, isLive, judgedTo: versions.judgedTo },
      {
        notice,
        live: sink.live,
        async events(arrived) {
          const lines = arrived.flatMap(linesOf)
          for (const line of lines) if (line.stack) line.stack = await inSources(line)
          if (lines.length > 0) await sink.lines(lines)
        },
      },
    )
  } finally {
    ended.abort()
    await Promise.all(looks)
  }
  if (!isFollowed && !run.signal.aborted) await lookForThrottles()
  if (!isFollowed) requireGroup(functions.existing(), [...read], absent)
  return functions.existing()
}

/** Reads events as lines; none for one that is not wanted. */
function shownLines(
  functions: KnownFunctions,
  versions: WantedVersions,
): (arrived: Arrived<LogEvent>) => ShownLine[] {
  const lineOf = withAttempts(lineReader((group, lambdaName) => lambdaName ?? group))
  return ({ event, lateMs }) => {
    const source = functions.writerOf(event)
    if (!source) return []
    const line: ShownLine = lineOf(event)
    line.function = source.name
    const writer = { lambdaName: source.lambdaName, version: line.version, at: event.timestamp }
    if (!versions.wants(writer)) return []
    const role = versions.roleOf(writer)
    if (role) line.role = role
    if (lateMs !== undefined) line.lateMs = lateMs
    return [line]
  }
}

/** A look that fails is made again after the pause. */
function keepLooking({ clock }: Pick<Tailing, 'clock'>, signal: AbortSignal) {
  return async ({ first, others }: Pauses, look: () => Promise<void>): Promise<void> => {
    for (let pauseMs = first; !signal.aborted; pauseMs = others) {
      await clock.sleep(pauseMs(), signal)
      if (!signal.aborted) await look().catch(() => undefined)
    }
  }
}
