import type * as z from 'zod'
import type { ReleaseRecord } from '../values/record.ts'
import type { planSchema, stepSchema } from './plan-schema.ts'

/** A share of the traffic for the candidate, and its duration. */
export interface Step extends z.infer<typeof stepSchema> {}

/** A whole release, known before anything moves. */
export interface Plan extends z.infer<typeof planSchema> {}

/** Tells whether something watches the candidate at 100%: for a time, or until a hook has passed. */
export function bakes({ bakeMs, hooks = [] }: Pick<Plan, 'bakeMs' | 'hooks'>): boolean {
  return bakeMs > 0 || hooks.includes('after-shift')
}

/**
 * Tells whether a release is looked at once more after its switch to 100%, even without a bake: another tool may have
 * changed its function at that very moment. A first release can't be carried on, so it is done at once.
 */
export function looksAgain(plan: Pick<Plan, 'bakeMs' | 'hooks' | 'beside' | 'stable'>): boolean {
  return bakes(plan) || (plan.beside !== undefined && plan.stable !== undefined)
}

/** A shift that a plan makes, at a time from its start. */
export interface ScheduledShift {
  afterMs: number
  percent: number
  /** The time that it is held; 0 ends the release. */
  holdMs: number
  /** The other conditions before the next shift, as in a step. */
  invocations?: number
  approval?: boolean
}

/** The plan's shifts with their earliest times, as `--dry-run` shows them. */
export function schedule(plan: Plan): ScheduledShift[] {
  const shifts: ScheduledShift[] = []
  let afterMs = 0
  for (const step of plan.steps) {
    shifts.push({ afterMs, ...step })
    afterMs += step.holdMs
  }
  return [...shifts, { afterMs, percent: 100, holdMs: plan.bakeMs }]
}

/** A shift that has not been made, and its earliest time, milliseconds since the epoch. */
export interface UpcomingShift extends Omit<ScheduledShift, 'afterMs'> {
  /** Milliseconds since the epoch. */
  at: number
  /** True for the end of the bake; the release is done then. */
  ends: boolean
}

/**
 * Lists the remaining shifts of a release in progress, if its gates pass and approvals come at once; empty for a
 * release that is paused or has ended.
 *
 * @param record its present record
 */
export function upcomingShifts(plan: Plan, { phase, step, since }: ReleaseRecord): UpcomingShift[] {
  const end = { percent: 100, holdMs: 0, ends: true }
  if (phase === 'baking') return [{ at: since + plan.bakeMs, ...end }]
  if (phase !== 'shifting' && phase !== 'approved') return []
  let at = since + (phase === 'shifting' ? (plan.steps[step - 1]?.holdMs ?? 0) : 0)
  const shifts: UpcomingShift[] = []
  for (const next of plan.steps.slice(step)) {
    shifts.push({ at, ...next, ends: false })
    at += next.holdMs
  }
  if (!bakes(plan)) return [...shifts, { at, ...end }]
  return [...shifts, { at, percent: 100, holdMs: plan.bakeMs, ends: false }, { at: at + plan.bakeMs, ...end }]
}

/**
 * The remaining shifts of a release that is carried on, with times from now; an overdue shift delays the later ones.
 */
export function scheduleFrom(plan: Plan, record: ReleaseRecord, now: number): ScheduledShift[] {
  const shifts = upcomingShifts(plan, record).filter(({ ends }) => !ends || !bakes(plan))
  const from = Math.min(now, shifts[0]?.at ?? now)
  return shifts.map(({ at, ends: _, ...shift }) => ({ afterMs: at - from, ...shift }))
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** A release id of eight characters from 40 random bits, without letters that are easily confused. */
export function releaseId(random: Uint8Array): string {
  return Array.from(random.slice(0, 8), (byte) => alphabet[byte % 32]).join('')
}
