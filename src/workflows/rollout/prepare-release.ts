import type { ResolvedFunction } from '../../config/types.ts'
import { compareCandidate } from '../candidate/compare-candidate.ts'
import { packageCandidate } from '../candidate/package-candidate.ts'
import { proveRelease } from '../preflight/prove-release.ts'
import type { ReleaseOptions } from '../run/release-options.ts'
import type { ReleaseResult } from '../run/release-result.ts'
import { interruptible, type Run, type Target } from '../run/run.ts'
import { type Prepared, publishRelease } from './publish-release.ts'

/**
 * Takes one function from its source to a published candidate, or to the result if there is nothing to release. It may
 * be interrupted at any moment.
 *
 * @throws LambdactlError PACKAGE_INVALID, CONFLICT, PREFLIGHT_FAILED, UPDATE_FAILED, INTERRUPTED
 */
export async function prepareRelease(
  run: Run,
  target: Target,
  fn: ResolvedFunction,
  options: ReleaseOptions,
): Promise<Prepared | ReleaseResult> {
  const mayStop = <Answer>(work: () => Promise<Answer>) => interruptible(run.signal, work)
  const packaged = await mayStop(() => packageCandidate(run, target, fn, options.promotion))
  const compared = await mayStop(() => compareCandidate(run, packaged))
  const proven = await mayStop(() => proveRelease(run, compared, options))
  return mayStop(() => publishRelease(run, proven, options))
}
