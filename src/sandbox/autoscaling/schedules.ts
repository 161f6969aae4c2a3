import { scheduleTimes, type Times } from '../grammar/schedule.ts'
import { type Action, validation } from './records.ts'

type Timed = Pick<Action, 'schedule' | 'timezone' | 'from' | 'until' | 'created'>

/** @throws ServiceError 400 */
export function checkSchedule(action: Timed): void {
  if (!isZone(action.timezone)) throw validation(`Timezone ${action.timezone} is not valid`)
  if (!isSchedule(action)) throw validation(`Schedule expression ${action.schedule} is not valid`)
}

function isZone(timezone: string | undefined): boolean {
  try {
    new Date(0).toLocaleString('en', { timeZone: timezone })
    return true
  } catch {
    return false
  }
}

function isSchedule(action: Timed): boolean {
  try {
    readerOf(action)
    return true
  } catch {
    return false
  }
}

/**
 * The first time of a scheduled action after a moment, milliseconds since the epoch; undefined if there is none any more.
 *
 * @throws Error for a schedule that is not valid
 */
export function nextRun(action: Timed, after: number): number | undefined {
  const { from = action.created, until = Number.POSITIVE_INFINITY } = action
  const next = readerOf(action)(Math.max(after, from - 1))
  return next !== undefined && next <= until ? next : undefined
}

function readerOf(action: Timed): Times {
  return scheduleTimes(action.schedule, { since: action.from ?? action.created, timezone: action.timezone })
}
