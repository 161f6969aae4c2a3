import { randomBytes } from 'node:crypto'
import type { ResolvedFunction } from '../config/types.ts'
import { type Plan, releaseId, schedule } from '../release/plan.ts'
import { parseRecord, type Strategy } from '../release/record.ts'
import { preflight } from './preflight.ts'
import { type Comparison, compare, publishCandidate } from './prepare-candidate.ts'
import { rollOut } from './roll-out.ts'
import { interruptible, type Run, type Target } from './run.ts'

/** How a function is to be released. */
export interface ReleaseOptions {
  strategy: Exclude<Strategy, 'rollback'>
  /** Percentages on the candidate before 100; none for all-at-once. */
  steps: readonly number[]
  everyMs: number
  bakeMs: number
  alarms: readonly string[]
  /** Whether a release without any alarm is refused. */
  needsAlarm: boolean
  /** Plans only: reads, packages and compares, but changes nothing. */
  dryRun: boolean
}

export interface ReleaseResult {
  function: string
  outcome: 'released' | 'unchanged' | 'planned'
  /** The version that holds 100%, or that would be replaced by a planned one. */
  version: string | undefined
  /** The version before it. */
  previous: string | undefined
}

/** A candidate that waits for its roll-out. */
export interface Prepared {
  target: Target
  plan: Plan
  compared: Comparison
  fn: ResolvedFunction
  needsAlarm: boolean
}

/** Stands for the version in a plan that is not carried out. */
const unpublished = 'next'

/**
 * Packages a function, publishes the candidate and plans its release. Undefined when the alias serves this very content
 * already. May be interrupted at any moment: no alias is touched.
 */
export async function prepareRelease(
  run: Run,
  target: Target,
  fn: ResolvedFunction,
  options: ReleaseOptions,
): Promise<Prepared | ReleaseResult> {
  const compared = await interruptible(run.signal, () => compare(run, target, fn))
  const serving = compared.alias?.version
  if (compared.change === 'none') return unchanged(run, target, serving)
  const publish = async () => (options.dryRun ? unpublished : publishCandidate(run, target, compared))
  const candidate = await interruptible(run.signal, publish)
  if (candidate === serving) return unchanged(run, target, serving)
  const plan = planOf(compared, candidate, options)
  run.emit({ function: target.function, event: 'planned', plan, shifts: schedule(plan), alias: target.alias })
  if (options.dryRun)
    return { function: target.function, outcome: 'planned', version: serving, previous: undefined }
  return { target, plan, compared, fn, needsAlarm: options.needsAlarm }
}

/** Proves the gates, then moves the alias. */
export async function carryOut(run: Run, prepared: Prepared): Promise<ReleaseResult> {
  const { target, plan, compared, fn, needsAlarm } = prepared
  const proofs = { alias: compared.alias, smoke: fn.release.smoke, needsAlarm }
  await interruptible(run.signal, () => preflight(run, target, plan, proofs))
  await rollOut(run, target, plan, compared.alias)
  return { function: target.function, outcome: 'released', version: plan.candidate, previous: plan.stable }
}

/** Releases one function from its source to the end of its bake. */
export async function releaseFunction(
  run: Run,
  target: Target,
  fn: ResolvedFunction,
  options: ReleaseOptions,
): Promise<ReleaseResult> {
  const prepared = await prepareRelease(run, target, fn, options)
  return 'plan' in prepared ? carryOut(run, prepared) : prepared
}

function unchanged(run: Run, target: Target, version: string | undefined): ReleaseResult {
  run.emit({ function: target.function, event: 'unchanged', version: version ?? '', alias: target.alias })
  return { function: target.function, outcome: 'unchanged', version, previous: undefined }
}

/** A first version has nothing to fall back to: no steps, no bake. Without alarms there is nothing to bake under. */
function planOf({ alias }: Comparison, candidate: string, options: ReleaseOptions): Plan {
  const first = alias === undefined
  const watched = !first && options.alarms.length > 0
  return {
    id: releaseId(randomBytes(8)),
    strategy: options.strategy,
    candidate,
    stable: alias?.version,
    held: alias ? heldBefore(alias.version, parseRecord(alias.description)?.held ?? []) : [],
    steps: first ? [] : options.steps.map((percent) => ({ percent, holdMs: options.everyMs })),
    bakeMs: watched ? options.bakeMs : 0,
    alarms: first ? [] : options.alarms,
  }
}

/** The alias's version holds 100% now, whoever put it there. */
function heldBefore(version: string, held: readonly string[]): string[] {
  return [version, ...held.filter((other) => other !== version)]
}
