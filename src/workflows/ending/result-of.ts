import type { PlannedRelease } from '../run/release.ts'
import type { ReleaseResult } from '../run/release-result.ts'
import type { Ended } from './ended.ts'
import { errorOfEnd, withoutTriggers } from './errors.ts'

/**
 * Turns the end of a release into its result.
 *
 * @throws LambdactlError ROLLED_BACK, PAUSED, INTERRUPTED, CONFLICT, ROLLBACK_FAILED; any other code for what kept the
 * release from being carried on
 */
export function resultOf(
  { target, plan }: Pick<PlannedRelease, 'target' | 'plan'>,
  ended: Ended,
): ReleaseResult {
  const result = { function: target.function, version: plan.candidate, previous: plan.stable }
  switch (ended.how) {
    case 'done':
      if (ended.unapplied) throw withoutTriggers(target, plan, ended.unapplied)
      return { ...result, outcome: 'released' }
    case 'waiting':
      return { ...result, outcome: 'waiting', next: ended.next }
    default:
      throw errorOfEnd(target, plan, ended)
  }
}
