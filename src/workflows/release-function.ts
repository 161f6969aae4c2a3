import type { ResolvedFunction } from '../config/types.ts'
import { asLambdactlError } from '../errors/error.ts'
import { errorOf } from '../errors/worst.ts'
import { compareCandidate } from './candidate/compare-candidate.ts'
import { packageCandidate } from './candidate/package-candidate.ts'
import { proveRelease } from './preflight/prove-release.ts'
import { carryOut } from './rollout/carry-out.ts'
import { publishRelease } from './rollout/publish-release.ts'
import type { ReleaseOptions, ReleaseResult } from './run/release-options.ts'
import { interruptible, type Run, type Target } from './run/run.ts'

/**
 * Releases one function from its source to the end of its bake. Until the alias is touched it may be interrupted at any
 * moment.
 *
 * @throws LambdactlError that says whose it is
 */
export async function releaseFunction(
  run: Run,
  target: Target,
  fn: ResolvedFunction,
  options: ReleaseOptions,
): Promise<ReleaseResult> {
  const mayStop = <Answer>(work: () => Promise<Answer>) => interruptible(run.signal, work)
  try {
    const packaged = await mayStop(() => packageCandidate(run, target, fn))
    const compared = await mayStop(() => compareCandidate(run, packaged))
    const proven = await mayStop(() => proveRelease(run, compared, options))
    const prepared = await mayStop(() => publishRelease(run, proven, options))
    return 'plan' in prepared ? await carryOut(run, prepared) : prepared
  } catch (error) {
    throw errorOf({ function: target.function, error: asLambdactlError(error) }, 1)
  }
}
