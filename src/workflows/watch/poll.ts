import type { Plan } from '../../release/plan/plan.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { parseRecord } from '../../release/values/record.ts'

/**
 * The longest pause between looks after a shift, and so the longest reaction time to a firing alarm: most failures come
 * then. Later a longer pause leaves DescribeAlarms, 9 calls a second for the account, to others. Milliseconds.
 */
export const pollNearShiftMs = 2000
export const pollLaterMs = 5000
const nearShiftMs = 60_000
/** The shortest pause between two looks, milliseconds. */
export const shortestPollMs = 250

/**
 * The pause until the next look: a tenth of the shortest hold, within bounds, so that steps of seconds are watched more
 * closely. A tenth of the remaining time if that is longer, as for a record by a clock that was hours ahead.
 *
 * @param until the time of the next step, milliseconds since the epoch
 */
export function pollMs(plan: Plan, { description }: AliasState, until: number, now: number): number {
  const holds = [...plan.steps.map(({ holdMs }) => holdMs), plan.bakeMs].filter((hold) => hold > 0)
  const left = until - now
  const tenth = Math.max(shortestPollMs, Math.min(...holds) / 10, left / 10)
  const fromShift = Math.abs(now - (parseRecord(description)?.since ?? now))
  const longest = fromShift < nearShiftMs ? pollNearShiftMs : pollLaterMs
  return Math.max(0, Math.min(tenth, longest, left))
}
