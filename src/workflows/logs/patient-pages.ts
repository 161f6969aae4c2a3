import { isUnanswered, isUnavailable } from '../../errors/after-a-call.ts'
import { asLambdactlError, isCode } from '../../errors/error.ts'
import { stepsFor } from '../../errors/next-step.ts'
import type { LogPage, LogQuery } from '../../ports/logs/log-events.ts'
import type { Run } from '../run/run.ts'
import type { Notice } from './notice.ts'
import type { ReadTurns } from './read-turns.ts'

/** A tail reports by its own callbacks, not by release events. */
export type Tailing = Pick<Run, 'aws' | 'clock' | 'signal' | 'config'>

/** Pauses while AWS does not answer, milliseconds: they double, and start again after each answer. */
const firstPauseMs = 500
const longestPauseMs = 10_000
/** Shorter while AWS throttles, since the calls of all groups together become fewer then; milliseconds. */
const longestThrottledMs = 2000
/** A page; `absent` if the group does not exist, undefined if the user ended the tail. */
export type Answer = LogPage | 'absent' | undefined

export interface Patience {
  /** How long to try, milliseconds. */
  patienceMs: number
  /** The time up to which the group was read, milliseconds since the epoch; undefined before its first read. */
  lastRead: () => number | undefined
  tell: (notice: Notice) => void
  /** How often a failure that lasts is told, milliseconds. */
  tellAgainMs: () => number
  turns: ReadTurns
}

/**
 * Asks for pages of a group until AWS answers. Reports a failure, again while it lasts, and the end of the failures. The
 * caller has a turn for the first try; each other one takes its own.
 *
 * @throws LambdactlError NOT_PERMITTED, any other error that no later call would cure, and the last failure when the
 * time is over
 */
export function patientPages(
  run: Tailing,
  group: string,
  { lastRead, patienceMs, tell, tellAgainMs, turns }: Patience,
): (query: LogQuery, urgency: (() => number) | undefined) => Promise<Answer> {
  let troubledSince: number | undefined
  let told: { reason: string; at: number } | undefined
  let isAbsent = false
  const answered = (page: LogPage): LogPage => {
    turns.answered()
    if (troubledSince !== undefined)
      tell({ notice: 'resumed', group, from: troubledSince, to: run.clock.now() })
    troubledSince = told = undefined
    isAbsent = false
    return page
  }
  const absent = () => {
    const from = lastRead()
    const reason = 'the log group was deleted'
    if (!isAbsent && from !== undefined) tell({ notice: 'gap', group, from, to: run.clock.now(), reason })
    if (!isAbsent) tell({ notice: 'waiting-for-group', group })
    isAbsent = true
    return 'absent' as const
  }
  const tellTrouble = (reason: string, next: readonly string[]) => {
    const now = run.clock.now()
    if (told?.reason !== reason || now - told.at >= tellAgainMs()) {
      const again = told?.reason === reason ? { isRepeated: true as const } : {}
      tell({ notice: 'retrying', group, reason, next, ...again })
      told = { reason, at: now }
    }
    troubledSince ??= now
  }
  const troubled = async (error: unknown, pauseMs: number) => {
    const { message, next } = asLambdactlError(error)
    const isThrottled = isUnavailable(error)
    // The tail does what the error advises: it tries again later.
    tellTrouble(message, isThrottled ? [] : stepsFor(run.config, next))
    if (isThrottled) turns.refused()
    const longestMs = isThrottled ? longestThrottledMs : longestPauseMs
    await run.clock.sleep(Math.min(pauseMs, longestMs) * (0.5 + Math.random() / 2), run.signal)
  }
  return async (query, urgency) => {
    for (let pauseMs = firstPauseMs; !run.signal.aborted; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      try {
        return answered(await run.aws.logEvents.page(query))
      } catch (error) {
        if (run.signal.aborted) return undefined
        if (isCode(error, 'NOT_FOUND')) return absent()
        if (!isCurable(error) || run.clock.now() - (troubledSince ?? run.clock.now()) > patienceMs)
          throw error
        await troubled(error, pauseMs)
        await turns.take(urgency)
      }
    }
    return undefined
  }
}

/** Expired credentials may be renewed while the tail waits. */
export function isCurable(error: unknown): boolean {
  return isUnanswered(error) || isCode(error, 'NOT_AUTHENTICATED')
}
