import { isCode } from '../../errors/error.ts'
import { counts } from '../../logs/following/counts.ts'
import { type LineEnds, lineLimit } from '../../logs/following/line-limit.ts'
import type { Tally } from '../../logs/following/tally.ts'
import { keyRows } from '../../logs/lines/key-rows.ts'
import type { ShownLine } from '../../logs/model/shown-line.ts'
import type { LineChoice } from '../../logs/requests/failed-lines.ts'
import { type LastLines, lastLines } from '../../workflows/logs/last-lines.ts'
import type { Notice } from '../../workflows/logs/notice.ts'
import type { Tailing } from '../../workflows/logs/patient-pages.ts'
import { type LineSink, type Tail, tailLogs } from '../../workflows/logs/tail.ts'
import { unanswered } from './unanswered.ts'

/** Which lines of a tail are shown, and how it ends. */
export interface TailWishes extends LineEnds {
  /** Chooses among the lines by their requests; absent for all. */
  choice: LineChoice | undefined
  isShown: (line: ShownLine) => boolean
  /** Begins with this many last lines; undefined for all since the start. */
  lastCount: number | undefined
  /** Nothing of before this time is looked at for the last lines; milliseconds since the epoch. */
  lastSince: number | undefined
  /** Undefined for no limit. */
  timeoutMs: number | undefined
}

/** The course of a tail. */
export interface TailCourse {
  sink: LineSink
  /** Ends the tail when it is aborted; the run's signal contains its signal. */
  stop: AbortController
  /** Counts what the sink gets. */
  tally: Tally
}

/**
 * Gives the lines that are shown to the sink, until the tail ends, and counts them.
 *
 * @returns whether a line matched `exitOn`
 */
export async function runTail(
  run: Tailing,
  tail: Tail,
  wishes: TailWishes,
  { sink, stop, tally }: TailCourse,
): Promise<boolean> {
  const limit = lineLimit(wishes)
  const withoutKeys = keyRows()
  const show = async (lines: readonly ShownLine[]) => {
    const shown = limit.take(lines)
    tally.shown += shown.filter(counts).length
    tally.late += shown.filter(({ lateMs }) => lateMs !== undefined).length
    if (shown.length > 0) await sink.lines(shown.map(withoutKeys))
    if (limit.isReached()) stop.abort()
  }
  const silent = unanswered()
  const notice = (told: Notice) => {
    count(tally, told)
    silent.note(told)
    // The summary has it.
    if (told.notice !== 'calls') sink.notice(told)
  }
  const timeIsOver = () => {
    const groups = silent.groups()
    if (groups.length > 0) tally.unanswered = groups
    stop.abort()
  }
  const over = new AbortController()
  if (wishes.timeoutMs !== undefined) {
    void run.clock.sleep(wishes.timeoutMs, over.signal).then(() => over.signal.aborted || timeIsOver())
  }
  try {
    await readTail(run, tail, wishes, { ...sink, notice, lines: show })
  } catch (error) {
    // The end of the tail may interrupt a call, also the first one.
    if (!stop.signal.aborted || !isCode(error, 'INTERRUPTED')) throw error
    tally.unanswered ??= tail.functions.sources.map(({ name }) => name)
  } finally {
    over.abort()
  }
  return limit.hasMatched()
}

async function readTail(
  run: Tailing,
  tail: Tail,
  { choice, lastCount, lastSince: since, isShown }: TailWishes,
  sink: LineSink,
): Promise<void> {
  const { lines: show, notice } = sink
  if (lastCount === undefined) {
    const chosen = (lines: ShownLine[]) => (choice?.take(lines) ?? lines).filter(isShown)
    await tailLogs(run, tail, { ...sink, lines: (lines) => show(chosen(lines)) })
    return
  }
  const { lines, notices, known } =
    lastCount === 0 ? none : await lastLines(run, tail, { count: lastCount, isShown, since })
  await show([...lines])
  // A tail that goes on meets them again.
  if (!tail.isFollowed) for (const told of notices) notice(told)
  if (run.signal.aborted || !tail.isFollowed) return
  const isNew = (line: ShownLine) => isShown(line) && !known.has(line.event.id)
  const start = lines[0]?.event.timestamp ?? run.clock.now()
  await tailLogs(run, { ...tail, start }, { ...sink, lines: (found) => show(found.filter(isNew)) })
}

const none: LastLines = { lines: [], notices: [], known: new Set() }

function count(tally: Tally, notice: Notice): void {
  if (notice.notice === 'gap') tally.gaps += 1
  if (notice.notice === 'denied') tally.denied.push(notice.group)
  if (notice.notice === 'retrying' && !notice.isRepeated) tally.retried += 1
  if (notice.notice === 'shared-quota') tally.groups = notice.groups
  if (notice.notice === 'calls') {
    tally.calls = notice.calls
    tally.callsPerSecond = Math.round((notice.calls * 10_000) / Math.max(notice.ms, 1)) / 10
  }
}
