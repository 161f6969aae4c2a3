import { randomBytes } from 'node:crypto'
import type { ResolvedFunction } from '../config/types.ts'
import type { Pair } from '../gates/split-check.ts'
import type { FunctionSettings } from '../ports/functions.ts'
import type { AlarmSelector } from '../release/alarm-selector.ts'
import type { PlannedComparison } from '../release/comparison.ts'
import { plannedHooks } from '../release/hook-facts.ts'
import type { HookPoint } from '../release/hooks.ts'
import type { AliasState } from '../release/observed.ts'
import { type Plan, releaseId, schedule } from '../release/plan.ts'
import { parseRecord, type Strategy } from '../release/record.ts'
import { plannedSteps, type WrittenStep } from '../release/steps.ts'
import {
  apply,
  applyBeforeShift,
  applyToNewAlias,
  raiseReservation,
  tellPlanned,
  unversionedDifferences,
} from './apply-unversioned.ts'
import { settleMs } from './compare-versions.ts'
import { alarmPlan, findAlarms } from './find-alarms.ts'
import type { Followed, Following } from './follow.ts'
import { concurrencyOf, warnOfOther, warnOfStrays } from './plan-concurrency.ts'
import { proveCandidate, proveGates, proveSplit } from './preflight.ts'
import { type Comparison, compare, publishCandidate } from './prepare-candidate.ts'
import { releasingIdle } from './release-idle-concurrency.ts'
import { rollOut } from './roll-out.ts'
import { begin, interruptible, type Run, type Target } from './run.ts'
import { settingsAfter } from './settings.ts'
import { warmVersions } from './warm-candidate.ts'

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

/** A candidate that waits for its roll-out. */
export interface Prepared {
  target: Target
  plan: Plan
  /** As first read; fences the first shift. Undefined before the first release. */
  alias: AliasState | undefined
  fn: ResolvedFunction
  following: Following
}

/** Stands for the version while there is none yet. */
const unpublished = 'next'

/**
 * Packages a function, proves its gates, and publishes the candidate; or says that the alias serves this very content
 * already. May be interrupted at any moment: no alias is touched.
 */
export async function prepareRelease(
  run: Run,
  target: Target,
  fn: ResolvedFunction,
  options: ReleaseOptions,
): Promise<Prepared | ReleaseResult> {
  const compared = await interruptible(run.signal, () => compare(run, target, fn, options.dryRun))
  const { alias } = compared
  if (compared.change === 'none') {
    await warnOfOther(run, target, alias, fn)
    return configure(run, target, fn, alias, options)
  }
  begin(run, target, 'proving')
  const selection = await interruptible(run.signal, () => findAlarms(run, alias ? options.alarms : []))
  const planned = {
    ...planOf(alias, unpublished, options, selection.alarms.length > 0),
    ...alarmPlan(selection, fn.release.insufficientData, options.breakglass),
    ...comparisonOf(run, alias, fn, options),
    ...hooksOf(alias, fn),
    ...concurrencyOf(compared, fn),
  }
  if (options.dryRun) {
    tellPlan(run, target, planned)
    const differences = compared.latest
      ? await interruptible(run.signal, () => unversionedDifferences(run, target, fn, alias))
      : []
    tellPlanned(run, target, differences)
  }
  await interruptible(run.signal, () =>
    proveGates(run, target, planned, alias, {
      needsAlarm: options.needsAlarm,
      selection,
      pair: pairOf(compared, compared.latest && settingsAfter(compared.latest.settings, compared.settings)),
    }),
  )
  if (options.dryRun) {
    return { function: target.function, outcome: 'planned', version: alias?.version, previous: undefined }
  }
  const published = await interruptible(run.signal, () => publishCandidate(run, target, compared))
  const { version: candidate } = published
  if (candidate === alias?.version) return configure(run, target, fn, alias, options)
  const plan = {
    ...planned,
    candidate,
    origin: compared.origin,
    ...comparisonOf(run, alias, fn, options),
  }
  proveSplit(run, target, plan, alias, pairOf(compared, published.settings))
  tellPlan(run, target, plan)
  warnOfStrays(run, target, compared, candidate)
  return { target, plan, alias, fn, following: { ...options.following, hooks: fn.release.hooks } }
}

/**
 * Warms the candidate where the function has provisioned concurrency, proves it, then moves the alias.
 *
 * @param proved is called once nothing else keeps the alias from moving, and awaited
 */
export async function carryOut(
  run: Run,
  { target, plan, alias, fn, following }: Prepared,
  proved: () => Promise<void> = async () => undefined,
): Promise<ReleaseResult> {
  const followed = await releasingIdle(run, target, plan, async () => {
    if (plan.provisioned) await interruptible(run.signal, () => raiseReservation(run, target, fn))
    const warmed = await warmVersions(run, target, plan, alias)
    begin(run, target, 'trying')
    await interruptible(run.signal, () => proveCandidate(run, target, plan, fn.release.smoke))
    return rollOut(run, target, plan, warmed, following, async () => {
      await proved()
      begin(run, target, 'shifting')
      return applyBeforeShift(run, target, fn, warmed)
    })
  })
  if (!alias) await applyToNewAlias(run, target, fn)
  return resultOf(target, plan, followed)
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

/** What Lambda wants alike of the version that the alias serves and the one that is released. */
function pairOf({ serving }: Comparison, candidate: FunctionSettings | undefined): Pair | undefined {
  return serving && candidate && { stable: serving.settings, candidate }
}

function tellPlan(run: Run, target: Target, plan: Plan): void {
  run.emit({ function: target.function, event: 'planned', plan, shifts: schedule(plan), alias: target.alias })
}

/** What a follower left, as a result. */
export function resultOf(target: Target, plan: Plan, { next }: Followed): ReleaseResult {
  const result = { function: target.function, version: plan.candidate, previous: plan.stable }
  return next === undefined ? { ...result, outcome: 'released' } : { ...result, outcome: 'waiting', next }
}

/** Nothing is published; what belongs to no version may differ all the same. */
async function configure(
  run: Run,
  target: Target,
  fn: ResolvedFunction,
  alias: AliasState | undefined,
  { dryRun }: ReleaseOptions,
): Promise<ReleaseResult> {
  const differences = await interruptible(run.signal, () => unversionedDifferences(run, target, fn, alias))
  if (differences.length === 0) return unchanged(run, target, alias?.version)
  if (dryRun) tellPlanned(run, target, differences)
  else await interruptible(run.signal, () => apply(run, target, differences))
  const outcome = dryRun ? 'planned' : 'configured'
  return { function: target.function, outcome, version: alias?.version, previous: undefined }
}

function unchanged(run: Run, target: Target, version: string | undefined): ReleaseResult {
  run.emit({ function: target.function, event: 'unchanged', version: version ?? '', alias: target.alias })
  return { function: target.function, outcome: 'unchanged', version, previous: undefined }
}

/**
 * A first version has nothing to fall back to: no steps, no bake. So has one after $LATEST, but for the steps, which
 * preflight refuses. Without alarms there is nothing to bake under.
 */
function planOf(
  alias: AliasState | undefined,
  candidate: string,
  options: ReleaseOptions,
  watched: boolean,
): Omit<Plan, 'alarms'> {
  const stable = alias?.version === '$LATEST' ? undefined : alias?.version
  return {
    id: releaseId(randomBytes(8)),
    strategy: options.strategy,
    candidate,
    stable,
    held: alias && stable ? heldBefore(stable, parseRecord(alias.description)?.held ?? []) : [],
    steps: alias ? plannedSteps(options.steps, options.everyMs) : [],
    bakeMs: watched && stable ? options.bakeMs : 0,
  }
}

/** Its minutes count from now on. Without steps the two versions never serve side by side, so nothing is compared. */
function comparisonOf(
  run: Run,
  alias: AliasState | undefined,
  { release, timeoutSeconds }: ResolvedFunction,
  { steps }: ReleaseOptions,
): { comparison?: PlannedComparison } {
  if (!release.compare || !alias || steps.length === 0) return {}
  return {
    comparison: { ...release.compare, since: run.clock.now(), settleMs: settleMs(timeoutSeconds) },
  }
}

function hooksOf(alias: AliasState | undefined, { release }: ResolvedFunction): { hooks?: HookPoint[] } {
  const hooks = plannedHooks(release.hooks ?? {}, alias === undefined)
  return hooks.length > 0 ? { hooks } : {}
}

/** The alias's version holds 100% now, whoever put it there. */
function heldBefore(version: string, held: readonly string[]): string[] {
  return [version, ...held.filter((other) => other !== version)]
}
