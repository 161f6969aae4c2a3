import { LambdactlError } from '../../errors/error.ts'
import type { Plan } from '../../release/plan/plan.ts'
import type { Check } from '../../release/values/check.ts'
import type { PlannedRelease } from '../run/release.ts'
import type { Target } from '../run/run.ts'

/** The part of a plan that next steps need. */
export type Judged = Pick<Plan, 'stable' | 'strategy'>

/** Checks of a release, and the consequence if one fails. */
interface Findings {
  /** As in `Nothing was changed`. */
  consequence: string
  checks: readonly Check[]
  /** Further next steps. */
  ways?: readonly string[]
}

/**
 * Reports checks, and ends the release if one fails.
 *
 * @throws LambdactlError PREFLIGHT_FAILED with the failed checks
 */
export function judge(
  { run, target, plan }: Pick<PlannedRelease, 'run' | 'target'> & { plan: Judged },
  { consequence, checks, ways = [] }: Findings,
): void {
  for (const check of checks) run.emit({ function: target.function, event: 'checked', check })
  const failed = checks.filter(({ outcome }) => outcome === 'fail')
  if (failed.length === 0) return
  const what = failed.map(({ title, detail }) => `${title}: ${detail}`).join('; ')
  throw new LambdactlError('PREFLIGHT_FAILED', `${consequence}, since preflight failed: ${what}.`, {
    next: [...nextSteps(target, plan), ...failed.flatMap(({ next = [] }) => next), ...ways],
  })
}

function nextSteps({ alias }: Target, { stable }: Judged): string[] {
  const where = stable ? `still on version ${stable}` : 'on no version yet'
  return [`Alias ${alias} is ${where}: correct the failure, then release again.`]
}

/** The consequence if a published candidate fails its checks. */
export function noTraffic({ candidate }: Plan): string {
  return `Version ${candidate} got no traffic`
}
