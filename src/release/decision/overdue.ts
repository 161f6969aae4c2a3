import type { Plan } from '../plan/plan.ts'
import type { ReleaseRecord } from '../values/record.ts'

/** How late a scheduled job that carries a release on may come; milliseconds. */
export const overdueMarginMs = 10 * 60_000

/**
 * When a release that goes on should have moved at the latest, milliseconds since the epoch: the step or bake that it is in
 * may be extended once by its own length. Later than that, nobody seems to carry it on.
 *
 * @returns undefined for one that waits for a person or has ended, and where nothing is known of its plan
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
