import type { ResolvedFunction } from '../../config/types.ts'
import type { Plan } from '../../release/plan/plan.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { tellPlan, withCandidate } from '../preflight/plan-release.ts'
import { type Proven, pairOf } from '../preflight/prove-release.ts'
import { proveSplit } from '../preflight/prove-split.ts'
import { warnOfOther, warnOfStrays } from '../provisioned/plan-concurrency.ts'
import { besidePublished } from '../release-only/beside.ts'
import type { ReleaseOptions } from '../run/release-options.ts'
import type { ReleaseResult } from '../run/release-result.ts'
import type { Run, Target } from '../run/run.ts'
import { configureOnly } from './configure-only.ts'
import { publishCandidate } from './publish-candidate.ts'

/** A published candidate that waits for its traffic. */
export interface Prepared {
  outcome: 'prepared'
  target: Target
  plan: Plan
  /** As first read; guards the first shift. Undefined before the first release. */
  alias: AliasState | undefined
  fn: ResolvedFunction
  /** Whether the process stays with the release until its end. */
  watch: boolean
}

/**
 * Publishes the candidate of a release whose gates are proved; if there is nothing to publish, applies settings that
 * belong to no version. A dry run changes nothing. May be interrupted at any moment: no alias is touched.
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
  const plan = besidePublished(withCandidate(run, proven, options, candidate), published)
  proveSplit({ run, target, plan }, alias, pairOf(proven.compared, settings))
  tellPlan({ run, target, plan })
  warnOfStrays(run, target, proven.compared, candidate)
  return { outcome: 'prepared', target, plan, alias, fn, watch: options.watch }
}
