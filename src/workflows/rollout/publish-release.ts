import { tellPlan, withCandidate } from '../preflight/plan-release.ts'
import { proveSplit } from '../preflight/preflight.ts'
import { type Proven, pairOf } from '../preflight/prove-release.ts'
import { warnOfOther, warnOfStrays } from '../provisioned/plan-concurrency.ts'
import type { ReleaseOptions, ReleaseResult } from '../run/release-options.ts'
import type { Run } from '../run/run.ts'
import type { Prepared } from './carry-out.ts'
import { configureOnly } from './configure-only.ts'
import { publishCandidate } from './publish-candidate.ts'

/**
 * Publishes the candidate of a release whose gates are proved; where there is nothing to publish, applies what belongs to no
 * version. A dry run changes nothing. May be interrupted at any moment: no alias is touched.
 *
 * @throws LambdactlError as `publishCandidate`, and PREFLIGHT_FAILED
 */
export async function publishRelease(
  run: Run,
  proven: Proven,
  options: ReleaseOptions,
): Promise<Prepared | ReleaseResult> {
  const { compared } = proven
  const { target, fn, alias } = compared
  if (!('plan' in proven)) {
    await warnOfOther(run, target, alias, fn)
    return configureOnly(run, compared, options.dryRun, proven.differences)
  }
  if (options.dryRun) {
    return { function: target.function, outcome: 'planned', version: alias?.version, previous: undefined }
  }
  const published = await publishCandidate(run, proven.compared, proven.plan)
  const { version: candidate, settings } = published
  if (candidate === alias?.version) return configureOnly(run, compared, options.dryRun)
  const plan = withCandidate(run, proven.compared, options, proven.plan, candidate)
  proveSplit(run, target, plan, alias, pairOf(proven.compared, settings))
  tellPlan(run, target, plan)
  warnOfStrays(run, target, proven.compared, candidate)
  return { target, plan, alias, fn, following: { ...options.following, hooks: fn.release.hooks } }
}
