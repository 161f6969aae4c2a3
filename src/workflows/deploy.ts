import type { ResolvedFunction } from '../config/types.ts'
import {
  carryOut,
  type Prepared,
  prepareRelease,
  type ReleaseOptions,
  type ReleaseResult,
} from './release-function.ts'
import type { Run, Target } from './run.ts'

/** One function of a deploy. */
export interface Deployment {
  target: Target
  fn: ResolvedFunction
}

/** See `ReleaseOptions`. */
export type DeployOptions = Pick<ReleaseOptions, 'needsAlarm' | 'breakglass' | 'dryRun'>

/**
 * Deploys functions blue/green: all are published before the first alias moves, so one that can't be built leaves none
 * half-way; then each alias switches and bakes in turn, and its result is given as soon as it is there.
 */
export async function* deploy(
  run: Run,
  deployments: readonly Deployment[],
  options: DeployOptions,
): AsyncGenerator<ReleaseResult> {
  const prepared: (Prepared | ReleaseResult)[] = []
  for (const { target, fn } of deployments) {
    prepared.push(await prepareRelease(run, target, fn, allAtOnce(fn, options)))
  }
  for (const one of prepared) yield 'plan' in one ? await carryOut(run, one) : one
}

function allAtOnce({ release }: ResolvedFunction, options: DeployOptions): ReleaseOptions {
  const { everyMs, bakeMs, alarms } = release
  return {
    strategy: 'all-at-once',
    steps: [],
    everyMs,
    bakeMs,
    alarms,
    following: { watch: true },
    ...options,
  }
}
