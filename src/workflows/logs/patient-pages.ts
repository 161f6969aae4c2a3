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
/** A call that takes longer is told, milliseconds: the tail is silent meanwhile. */
const slowMs = 5000
/** A page; `absent` if the group does not exist, undefined if the user ended the tail. */
type Answer = LogPage | 'absent' | undefined

/** Asks for the pages of one group. */
export interface PatientPages {
  ask: (query: LogQuery, urgency: (() => number) | undefined) => Promise<Answer>
  /** Reports a call that AWS has not answered for long. */
  tellSlow: () => void
}

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
): PatientPages {
  const calls = openCalls(run)
  const trouble = troubleOf(run, group, tell, tellAgainMs)
  let isAbsent = false
  const answered = (page: LogPage): LogPage => {
    turns.answered()
    calls.answered()
    trouble.end()
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
  const troubled = async (error: unknown, pauseMs: number) => {
    const { message, next } = asLambdactlError(error)
    const isThrottled = isUnavailable(error)
    // The tail does what the error advises: it tries again later.
    trouble.tell(message, isThrottled ? [] : stepsFor(run.config, next))
    if (isThrottled) turns.refused()
    const longestMs = isThrottled ? longestThrottledMs : longestPauseMs
    await run.clock.pause(Math.min(pauseMs, longestMs) * (0.5 + Math.random() / 2), run.signal)
  }
  const tellSlow = () => {
    if (calls.silentMs() >= slowMs)
      trouble.tell(`CloudWatch Logs has not answered for ${slowMs / 1000} s.`, [])
  }
  const ask: PatientPages['ask'] = async (query, urgency) => {
    for (let pauseMs = firstPauseMs; !run.signal.aborted; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      try {
        return answered(await calls.note(run.aws.logEvents.page(query)))
      } catch (error) {
        if (run.signal.aborted) return undefined
        if (isCode(error, 'NOT_FOUND')) return absent()
        if (!isCurable(error) || trouble.lastsMs() > patienceMs) throw error
        await troubled(error, pauseMs)
        await turns.take(urgency)
      }
    }
    return undefined
  }
  return { ask, tellSlow }
}

/** The time in which AWS does not answer for a group. */
function troubleOf(
  { clock }: Pick<Tailing, 'clock'>,
  group: string,
  tell: (notice: Notice) => void,
  tellAgainMs: () => number,
) {
  let since: number | undefined
  let began = 0
  let told: { reason: string; at: number } | undefined
  return {
    /** Tells a failure, and tells it again while it lasts. */
    tell(reason: string, next: readonly string[]) {
      const at = clock.elapsed()
      if (told?.reason !== reason || at - told.at >= tellAgainMs()) {
        const again = told?.reason === reason ? { isRepeated: true as const } : {}
        tell({ notice: 'retrying', group, reason, next, ...again })
        told = { reason, at }
      }
      if (since === undefined) began = at
      since ??= clock.now()
    },
    end() {
      if (since !== undefined) tell({ notice: 'resumed', group, from: since, to: clock.now() })
      since = told = undefined
    },
    /** Milliseconds; 0 without trouble. */
    lastsMs: () => (since === undefined ? 0 : clock.elapsed() - began),
  }
}

/** The calls that wait for an answer. */
function openCalls({ clock }: Pick<Tailing, 'clock'>) {
  const open = new Set<{ since: number }>()
  let answeredAt = Number.NEGATIVE_INFINITY
  return {
    async note<Result>(answer: Promise<Result>): Promise<Result> {
      const call = { since: clock.elapsed() }
      open.add(call)
      return answer.finally(() => open.delete(call))
    },
    answered() {
      answeredAt = clock.elapsed()
    },
    /** For how long no call was answered while one was open, milliseconds. */
    silentMs() {
      const since = Math.min(...Array.from(open, (call) => call.since))
      return clock.elapsed() - Math.max(since, answeredAt)
    },
  }
}

/** Expired credentials may be renewed while the tail waits. */
export function isCurable(error: unknown): boolean {
  return isUnanswered(error) || isCode(error, 'NOT_AUTHENTICATED')
}
