import { isUnanswered } from '../errors/after-a-call.ts'
import { asLambdactlError, isCode, LambdactlError } from '../errors/error.ts'
import { isOf, type Line, lineMaker } from '../logs/line.ts'
import { type Watermark, watermark } from '../logs/watermark.ts'
import { commandFor, type Run, type Target } from './run/run.ts'

export interface TailOptions {
  /** How far back to begin, milliseconds. */
  agoMs: number
  /** Goes on until interrupted; otherwise ends with what is there. */
  follow: boolean
  /** Only the lines of this version; undefined for all. */
  version: string | undefined
}

/** The notices of a tail beside its lines. */
export type TailNotice =
  | { notice: 'waiting-for-group'; group: string }
  | { notice: 'retrying'; reason: string }

/** A tail tells by its own callbacks, not by release events. */
type Tailing = Pick<Run, 'aws' | 'clock' | 'signal'>

/** How far each read goes back for late events, and how often it reads; milliseconds. */
const overlapMs = 10_000
const pollMs = 1000

/**
 * Follows the log group that the function's configuration names, over all its versions and environments. Lines of others in
 * the same group are left out. A group that does not exist yet is waited for, and an AWS that does not answer is asked again: a tail in an incident does not exit.
 *
 * @throws LambdactlError NOT_FOUND when the function does not exist
 */
export async function tailLogs(
  run: Tailing,
  target: Target,
  { agoMs, follow, version }: TailOptions,
  onLines: (lines: Line[]) => Promise<void>,
  onNotice: (notice: TailNotice) => void,
): Promise<void> {
  const state = await run.aws.functions.get(target.lambdaName)
  if (!state) {
    throw new LambdactlError('NOT_FOUND', `There is no function ${target.lambdaName} to read logs of.`, {
      next: [`Deploy it first: ${commandFor(target, 'deploy')}`],
    })
  }
  const mark = watermark(run.clock.now() - agoMs, overlapMs)
  const toLine = lineMaker()
  let troubled = false
  for (;;) {
    try {
      await readOnce(run, state.logGroup, mark, async (events) => {
        const own = events.filter(({ stream }) => isOf(target.lambdaName, state.logGroup, stream))
        const lines = own.map(toLine).filter((line) => version === undefined || line.version === version)
        if (lines.length > 0) await onLines(lines)
      })
      troubled = false
    } catch (error) {
      if (run.signal.aborted) return
      const notice = noticeOf(error, state.logGroup)
      if (!notice || (!follow && notice.notice === 'retrying')) throw error
      if (!troubled) onNotice(notice)
      troubled = true
    }
    if (follow) await run.clock.sleep(pollMs, run.signal)
    if (!follow || run.signal.aborted) return
  }
}

type Event = Awaited<ReturnType<Run['aws']['logEvents']['page']>>['events'][number]

/** Reads from the watermark to the end; pages may be empty and still not be the last. */
async function readOnce(
  run: Tailing,
  group: string,
  mark: Watermark,
  onEvents: (events: Event[]) => Promise<void>,
): Promise<void> {
  const since = mark.since()
  let next: string | undefined
  do {
    const page = await run.aws.logEvents.page(group, since, next)
    const fresh = mark.fresh(page.events)
    if (fresh.length > 0) await onEvents(fresh)
    next = page.next
  } while (next !== undefined && !run.signal.aborted)
}

function noticeOf(error: unknown, group: string): TailNotice | undefined {
  if (isCode(error, 'NOT_FOUND')) return { notice: 'waiting-for-group', group }
  if (isUnanswered(error)) return { notice: 'retrying', reason: asLambdactlError(error).message }
  return undefined
}
