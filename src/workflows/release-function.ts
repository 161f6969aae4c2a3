import type { ResolvedFunction } from '../config/types.ts'
import { asLambdactlError } from '../errors/error.ts'
import { errorOf } from '../errors/worst.ts'
import type { AlarmSelector } from '../release/alarm-selector.ts'
import type { Strategy } from '../release/record.ts'
import type { WrittenStep } from '../release/steps.ts'
import type { PastFlag } from '../release/went-past.ts'
import { carryOut } from './carry-out.ts'
import { compareCandidate } from './compare-candidate.ts'
import type { Following } from './follow.ts'
import { packageCandidate } from './package-candidate.ts'
import { proveRelease } from './prove-release.ts'
import { publishRelease } from './publish-release.ts'
import { interruptible, type Run, type Target } from './run.ts'

/** How a function is to be released. */
export interface ReleaseOptions {
  strategy: Exclude<Strategy, 'rollback'>
  /** Before 100%; none for all-at-once. */
  steps: readonly WrittenStep[]
  /** How long a step holds that says nothing else. */
  everyMs: number
  bakeMs: number
  alarms: readonly AlarmSelector[]
  /** Whether a release without any alarm is refused. */
  needsAlarm: boolean
  /** Why it goes past the gates that fail before anything is uploaded; undefined: it does not. */
  breakglass?: string | undefined
  /** The findings about the function itself that a person lets the release go past, on record; absent: none. */
  goPast?: readonly PastFlag[]
  /** Whether findings that are only warnings elsewhere stop the release, unless a flag goes past them. */
  isProtected?: boolean
  /** Plans only: reads, packages, compares and proves the gates, but changes nothing. */
  dryRun: boolean
  following: Following
}

export interface ReleaseResult {
  function: string
  /**
   * `waiting` where its follower left it before the end, `idle` where there was nothing to carry on, `configured` where
   * nothing was published and only settings that belong to no version were applied.
   */
  outcome: 'released' | 'unchanged' | 'configured' | 'planned' | 'waiting' | 'idle'
  /** The version that holds 100%, or that would be replaced by a planned one. */
  version: string | undefined
  /** The version before it. */
  previous: string | undefined
  /** When something is due next, milliseconds since the epoch; set for `waiting`. */
  next?: number
}

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
