import type { Plan } from '../../release/plan/plan.ts'
import type { Check } from '../../release/values/check.ts'
import { durationWords } from '../../release/values/duration.ts'

/**
 * Tells that a requested bake is left out of the plan. Without an alarm nothing can show that the version fails at
 * 100%, and without an earlier version there is none to go back to.
 *
 * @param askedMs its requested duration, milliseconds
 */
export function bakeChecks({ bakeMs, stable }: Pick<Plan, 'bakeMs' | 'stable'>, askedMs: number): Check[] {
  if (askedMs === 0 || bakeMs > 0) return []
  const why =
    stable === undefined
      ? 'there is no version to go back to'
      : 'no alarm watches 100%, and at 100% there is nothing to compare'
  return [
    {
      title: 'bake',
      outcome: 'warn',
      detail: `there is no bake of ${durationWords(askedMs)}, since ${why}`,
    },
  ]
}
