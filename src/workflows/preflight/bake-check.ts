import type { Plan } from '../../release/plan/plan.ts'
import type { Check } from '../../release/values/check.ts'
import { durationWords } from '../../release/values/duration.ts'

/**
 * Says that a bake which was asked for is left out of the plan: without an alarm nothing can tell that the version fails at
 * 100%, and without a version before it there is none to go back to.
 *
 * @param askedMs how long it was to be, milliseconds
 */
export function bakeChecks({ bakeMs, stable }: Pick<Plan, 'bakeMs' | 'stable'>, askedMs: number): Check[] {
  if (askedMs === 0 || bakeMs > 0) return []
  const why =
    stable === undefined
      ? 'there is no version to go back to'
      : 'no alarm watches 100%, where nothing is left to compare'
  return [
    {
      title: 'bake',
      outcome: 'warn',
      detail: `the bake of ${durationWords(askedMs)} is left out, since ${why}`,
    },
  ]
}
