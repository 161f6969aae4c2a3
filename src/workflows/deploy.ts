import type { ResolvedFunction } from '../config/types.ts'
import { compareCandidate } from './candidate/compare-candidate.ts'
import { packageCandidate, tryHandler } from './candidate/package-candidate.ts'
import { resultOf } from './ending/result-of.ts'
import { sharedAlarms } from './preflight/alarms/shared-alarms.ts'
import { proveRelease } from './preflight/prove-release.ts'
import { carryOut } from './rollout/carry-out.ts'
import { type Prepared, publishRelease } from './rollout/publish-release.ts'
import { type Attempts, attempts } from './run/attempts.ts'
import { barrier, type Part } from './run/barrier.ts'
import type { Promotion, ReleaseOptions } from './run/release-options.ts'
import type { ReleaseResult } from './run/release-result.ts'
import type { Run, Target } from './run/run.ts'

/** One function of a deploy. */
export interface Deployment {
  target: Target
  fn: ResolvedFunction
  /** The version of another environment to release; absent: the function's own code. */
  promotion?: Promotion
}

/** See `ReleaseOptions`. */
export interface DeployOptions
  extends Pick<
    ReleaseOptions,
    'needsAlarm' | 'breakglass' | 'goPast' | 'isProtected' | 'refusesConfigChange' | 'dryRun'
  > {
  /** Whether the others are switched if one could not be published, or failed its preflight. */
  keepGoing?: boolean
}

/**
 * Deploys functions blue/green, side by side, in phases. A phase begins when all functions have finished the one before:
 * local work; comparing with AWS, and loading changed handlers; the gates; publishing. So a function that can't be
 * built, does not start or may not be released leaves AWS as it is. Then all candidates are tried. When they have
 * passed, all aliases switch and bake at the same time. One that is rolled back does not stop the others.
 *
 * @returns the results of the functions that did not fail, in order
 * @throws LambdactlError all failures of a phase after which the others stop; else the worst one, after all have ended
 */
export async function* deploy(
  run: Run,
  deployments: readonly Deployment[],
  options: DeployOptions,
): AsyncGenerator<ReleaseResult> {
  const shared = { ...run, aws: { ...run.aws, alarms: sharedAlarms(run.aws.alarms, run.clock) } }
  const tried = attempts(
    run,
    deployments.map(({ target }) => target),
    options.keepGoing,
  )
  const prepared = await prepareAll(shared, deployments, options, tried)
  if (tried.areOver()) {
    for (const one of prepared) {
      if (one?.outcome === 'prepared') tellUnused(run, one)
      else if (one) yield one
    }
    tried.requireNone()
  }
  const parts = barrier(prepared.length)
  const results = await Promise.all(
    parts.map(async (part, index) => {
      const one = prepared[index]
      if (one?.outcome === 'prepared')
        return tried.one(one.target, () => switched(shared, one, part, options))
      part.leave()
      return one
    }),
  )
  for (const result of results) if (result) yield result
  tried.requireNone()
}

/** Takes all functions up to their published candidates; nothing in AWS changes before the last phase. */
async function prepareAll(
  run: Run,
  deployments: readonly Deployment[],
  options: DeployOptions,
  tried: Attempts,
): Promise<readonly (Prepared | ReleaseResult | undefined)[]> {
  const packaged = await tried.phase(deployments, ({ target, fn, promotion }) =>
    packageCandidate(run, target, fn, promotion),
  )
  if (tried.areOver()) {
    // Any other error is reported here at once.
    await tried.phase(packaged, (one) => tryHandler(run, one))
    tried.requireNone()
  }
  const compared = await tried.phase(packaged, (one) => compareCandidate(run, one))
  if (tried.areOver()) tried.requireNone()
  const proven = await tried.phase(compared, (one) => proveRelease(run, one, allAtOnce(one.fn, options)))
  if (tried.areOver()) tried.requireNone()
  return tried.phase(proven, (one) => publishRelease(run, one, allAtOnce(one.compared.fn, options)), {
    stops: true,
    after: (one) => (one.outcome === 'prepared' ? 'waiting' : 'ended'),
  })
}

/** Switches one function after all are proved; undefined, with an event, if another's failure prevents it. */
async function switched(
  run: Run,
  prepared: Prepared,
  part: Part,
  { keepGoing }: DeployOptions,
): Promise<ReleaseResult | undefined> {
  try {
    const ended = await carryOut(run, prepared, part)
    return ended.how === 'unused' ? tellUnused(run, prepared) : resultOf(prepared, ended)
  } catch (error) {
    if (keepGoing) part.leave()
    else part.fail()
    throw error
  }
}

function tellUnused(run: Run, { target, plan }: Prepared): undefined {
  run.emit({ function: target.function, event: 'unused', version: plan.candidate, alias: target.alias })
}

function allAtOnce(
  { release }: ResolvedFunction,
  {
    needsAlarm,
    breakglass,
    goPast = [],
    isProtected = false,
    refusesConfigChange = false,
    dryRun,
  }: DeployOptions,
): ReleaseOptions {
  const { everyMs, bakeMs, alarms } = release
  const gates = { needsAlarm, breakglass, goPast, isProtected, refusesConfigChange, dryRun }
  return { strategy: 'all-at-once', steps: [], everyMs, bakeMs, alarms, watch: true, ...gates }
}
