import type { Plan } from '../plan/plan.ts'
import type { ReleaseRecord } from '../values/record.ts'

/** How late a scheduled job that carries a release on may be; milliseconds. */
export const overdueMarginMs = 10 * 60_000

/**
 * The latest time at which a running release should have moved, milliseconds since the epoch: its step or bake may be
 * extended once by its own length. After that time nobody seems to carry it on.
 *
 * @returns undefined for a release that waits for a person or has ended, and if its plan is unknown
 */
export function overdueAt(plan: Plan | undefined, record: ReleaseRecord): number | undefined {
  const { phase, step, since } = record
  if (!plan) return undefined
  switch (phase) {
    case 'shifting':
      return since + 2 * (plan.steps[step - 1]?.holdMs ?? 0) + overdueMarginMs
    case 'approved':
      return since + overdueMarginMs
    case 'baking':
      return since + 2 * plan.bakeMs + overdueMarginMs
    default:
      return undefined
  }
}
