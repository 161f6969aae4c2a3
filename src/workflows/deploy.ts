import type { ResolvedFunction } from '../config/types.ts'
import { asLambdactlError } from '../errors/error.ts'
import { asOneError, errorOf, type Failure } from '../errors/worst.ts'
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
import { type Part, together } from './together.ts'

/** One function of a deploy. */
export interface Deployment {
  target: Target
  fn: ResolvedFunction
}

/** See `ReleaseOptions`. */
export interface DeployOptions extends Pick<ReleaseOptions, 'needsAlarm' | 'breakglass' | 'dryRun'> {
  /** Whether the others are switched where one could not be published, or did not pass its preflight. */
  keepGoing?: boolean
}

/** Functions that are packaged and published at a time: as many as it takes to use up the 15 calls a second. */
const width = 8

/**
 * Deploys functions blue/green, side by side: all are published and have passed their preflight before the first alias moves,
 * so one that can't be built or doesn't start leaves none half-way; then all aliases switch and bake at the same time. One
 * that is rolled back does not stop the others.
 *
 * @returns what those came to that did not fail, in their order
 * @throws LambdactlError the first failure where one can't be published or proved; else the worst, once all have ended
 */
export async function* deploy(
  run: Run,
  deployments: readonly Deployment[],
  options: DeployOptions,
): AsyncGenerator<ReleaseResult> {
  const shared = { ...run, aws: { ...run.aws, alarms: sharedAlarms(run.aws.alarms, run.clock) } }
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
          const one = await prepareRelease(shared, target, fn, allAtOnce(fn, options))
          if (deployments.length > 1) begin(run, target, 'plan' in one ? 'waiting' : 'ended')
          return one
        }),
  )
  if (failures[0] && (stops() || run.signal.aborted)) {
    for (const one of prepared) {
      if (one && 'plan' in one) tellUnused(run, one)
      else if (one) yield one
    }
    throw errorOf(failures[0], deployments.length)
  }
  const parts = together(prepared.length)
  const results = await Promise.all(
    parts.map(async (part, index) => {
      const one = prepared[index]
      if (one && 'plan' in one) return orFail(one.target, () => switched(shared, one, part, options))
      part.leave()
      return one
    }),
  )
  for (const result of results) if (result) yield result
  const failed = asOneError(failures, deployments.length)
  if (failed) throw failed
}

/** Switches one once all are proved; undefined where another's failure keeps it from that, which is told. */
async function switched(
  run: Run,
  prepared: Prepared,
  part: Part,
  { keepGoing }: DeployOptions,
): Promise<ReleaseResult | undefined> {
  let isKept = false
  const others = () => {
    if (!part.isAlone) begin(run, prepared.target, 'waiting')
    return part.ready().catch((error: unknown) => {
      isKept = true
      throw error
    })
  }
  try {
    return await carryOut(run, prepared, others)
  } catch (error) {
    if (isKept) return tellUnused(run, prepared)
    if (keepGoing) part.leave()
    else part.fail(error)
    throw error
  }
}

/** Told when it happens: the others may take a while yet. */
function tellFailure(run: Run, { function: name, error: { code, message, next } }: Failure): void {
  if (code !== 'INTERRUPTED') run.emit({ function: name, event: 'failed', code, message, next })
}

function tellUnused(run: Run, { target, plan }: Prepared): undefined {
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
