import type { ResolvedFunction } from '../config/types.ts'
import { asLambdactlError } from '../errors/error.ts'
import { asOneError, type Failure } from '../errors/worst.ts'
import {
  carryOut,
  type Prepared,
  prepareRelease,
  type ReleaseOptions,
  type ReleaseResult,
} from './release-function.ts'
import { begin, type Run, type Target } from './run.ts'
import { sharedAlarms } from './shared-alarms.ts'
import { sideBySide } from './side-by-side.ts'

/** One function of a deploy. */
export interface Deployment {
  target: Target
  fn: ResolvedFunction
}

/** See `ReleaseOptions`. */
export interface DeployOptions extends Pick<ReleaseOptions, 'needsAlarm' | 'breakglass' | 'dryRun'> {
  /** Whether the others are switched where one could not be published. */
  keepGoing?: boolean
}

/** Functions that are packaged and published at a time: as many as it takes to use up the 15 calls a second. */
const width = 8

/**
 * Deploys functions blue/green, side by side: all are published before the first alias moves, so one that can't be built
 * leaves none half-way; then all aliases switch and bake at the same time. One that is rolled back does not stop the others.
 *
 * @returns what those came to that did not fail, in their order
 * @throws LambdactlError the first failure where one can't be published; else the worst, once all have ended
 */
export async function* deploy(
  run: Run,
  deployments: readonly Deployment[],
  options: DeployOptions,
): AsyncGenerator<ReleaseResult> {
  const together = { ...run, aws: { ...run.aws, alarms: sharedAlarms(run.aws.alarms, run.clock) } }
  const failures: Failure[] = []
  const stops = () => failures.length > 0 && !options.keepGoing
  const orFail = async <Answer>(target: Target, work: () => Promise<Answer>) => {
    try {
      return await work()
    } catch (error) {
      const failure = { function: target.function, error: asLambdactlError(error) }
      failures.push(failure)
      if (deployments.length > 1) tellFailure(run, failure)
      return undefined
    }
  }
  const prepared = await sideBySide(deployments, width, async ({ target, fn }) =>
    stops()
      ? undefined
      : orFail(target, async () => {
          const one = await prepareRelease(together, target, fn, allAtOnce(fn, options))
          if (deployments.length > 1) begin(run, target, 'plan' in one ? 'waiting' : 'ended')
          return one
        }),
  )
  if (failures[0] && (stops() || run.signal.aborted)) {
    for (const one of prepared) {
      if (one && 'plan' in one) tellUnused(run, one)
      else if (one) yield one
    }
    throw failures[0].error
  }
  const results = await Promise.all(
    prepared.map(async (one) =>
      one && 'plan' in one ? orFail(one.target, () => carryOut(together, one)) : one,
    ),
  )
  for (const result of results) if (result) yield result
  const failed = asOneError(failures, deployments.length)
  if (failed) throw failed
}

/** Told when it happens: the others may take a while yet. */
function tellFailure(run: Run, { function: name, error: { code, message, next } }: Failure): void {
  if (code !== 'INTERRUPTED') run.emit({ function: name, event: 'failed', code, message, next })
}

function tellUnused(run: Run, { target, plan }: Prepared): void {
  run.emit({ function: target.function, event: 'unused', version: plan.candidate, alias: target.alias })
}

function allAtOnce(
  { release }: ResolvedFunction,
  { needsAlarm, breakglass, dryRun }: DeployOptions,
): ReleaseOptions {
  const { everyMs, bakeMs, alarms } = release
  const gates = { needsAlarm, breakglass, dryRun }
  return { strategy: 'all-at-once', steps: [], everyMs, bakeMs, alarms, following: { watch: true }, ...gates }
}
