import type { Plan } from '../../release/plan/plan.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { parseRecord } from '../../release/values/record.ts'

/**
 * Looks are at most this far apart: a firing alarm is acted on within one. After a shift most goes wrong; later a wider
 * pause leaves DescribeAlarms, 9 calls a second for the account, to others. Milliseconds.
 */
export const pollNearShiftMs = 2000
export const pollLaterMs = 5000
const nearShiftMs = 60_000
/** The least pause between two looks, milliseconds. */
export const shortestPollMs = 250

/**
 * How long until the next look: a tenth of the shortest hold, within bounds, since seconds-long steps are watched more
 * closely; a tenth of what is left where that is more, as of a record by a clock that was hours ahead.
 *
 * @param until when something is due, milliseconds since the epoch
 */
export function pollMs(plan: Plan, { description }: AliasState, until: number, now: number): number {
  const holds = [...plan.steps.map(({ holdMs }) => holdMs), plan.bakeMs].filter((hold) => hold > 0)
  const left = until - now
  const tenth = Math.max(shortestPollMs, Math.min(...holds) / 10, left / 10)
  const fromShift = Math.abs(now - (parseRecord(description)?.since ?? now))
  const longest = fromShift < nearShiftMs ? pollNearShiftMs : pollLaterMs
  return Math.max(0, Math.min(tenth, longest, left))
}
