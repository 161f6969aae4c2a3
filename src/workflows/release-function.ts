import type { ResolvedFunction } from '../config/types.ts'
import { asLambdactlError } from '../errors/error.ts'
import { errorOf } from '../errors/worst.ts'
import { resultOf } from './ending/result-of.ts'
import { carryOut } from './rollout/carry-out.ts'
import { prepareRelease } from './rollout/prepare-release.ts'
import type { ReleaseOptions } from './run/release-options.ts'
import type { ReleaseResult } from './run/release-result.ts'
import type { Run, Target } from './run/run.ts'

/**
 * Releases one function from its source to the end of its bake. Until the alias is changed it may be interrupted at any
 * moment.
 *
 * @throws LambdactlError with the function's name
 */
export async function releaseFunction(
  run: Run,
  target: Target,
  fn: ResolvedFunction,
  options: ReleaseOptions,
): Promise<ReleaseResult> {
  try {
    const prepared = await prepareRelease(run, target, fn, options)
    if (prepared.outcome !== 'prepared') return prepared
    return resultOf(prepared, await carryOut(run, prepared))
  } catch (error) {
    throw errorOf({ function: target.function, error: asLambdactlError(error) }, 1)
  }
}
