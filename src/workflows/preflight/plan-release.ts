import { randomBytes } from 'node:crypto'
import type { ResolvedFunction } from '../../config/types.ts'
import type { AlarmSelection } from '../../gates/alarms/selection.ts'
import { plannedHooks } from '../../release/decision/hook-facts.ts'
import type { PlannedComparison } from '../../release/plan/comparison.ts'
import type { HookPoint } from '../../release/plan/hooks.ts'
import { type Plan, releaseId, schedule } from '../../release/plan/plan.ts'
import { plannedSteps } from '../../release/plan/steps.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { parseRecord, type ReleaseRecord } from '../../release/values/record.ts'
import type { Changed } from '../candidate/compare-candidate.ts'
import { concurrencyOf } from '../provisioned/plan-concurrency.ts'
import { shippedChanges } from '../release-only/shipped-changes.ts'
import type { PlannedRelease } from '../run/release.ts'
import type { ReleaseOptions } from '../run/release-options.ts'
import type { Run } from '../run/run.ts'
import { settleMs } from '../watch/compare-versions.ts'
import { alarmPlan } from './alarms/find-alarms.ts'

/** Represents the version before it is published. */
const unpublished = 'next'

/** The plan of a release whose candidate is not published yet. */
export function planRelease(
  run: Run,
  compared: Changed,
  options: ReleaseOptions,
  { selection, lost }: { selection: AlarmSelection; lost?: ReleaseRecord | undefined },
): Plan {
  const { alias, fn, local } = compared
  const { promoted } = local.code
  const ships = shippedChanges(compared)
  return {
    ...planOf(alias, unpublished, options, selection.alarms.length > 0),
    ...heldOf(alias, lost),
    ...alarmPlan(selection, fn.release.insufficientData, options.breakglass),
    ...comparisonOf(run, alias, fn, options),
    ...hooksOf(alias, fn),
    ...concurrencyOf(compared, fn),
    ...(ships && { ships }),
    ...(promoted && { promoted }),
  }
}

/** The plan after its candidate is published. */
export function withCandidate(
  run: Run,
  { compared: { alias, fn, origin }, plan }: { compared: Changed; plan: Plan },
  options: ReleaseOptions,
  candidate: string,
): Plan {
  return { ...plan, candidate, origin, ...comparisonOf(run, alias, fn, options) }
}

/** Reports what a release is going to do. */
export function tellPlan({ run, target, plan }: PlannedRelease): void {
  run.emit({ function: target.function, event: 'planned', plan, shifts: schedule(plan), alias: target.alias })
}

/**
 * A first version has no version to go back to: no steps, no bake. The first version after $LATEST has no bake either,
 * and preflight refuses its steps. Without alarms nothing watches a bake.
 */
function planOf(
  alias: AliasState | undefined,
  candidate: string,
  options: ReleaseOptions,
  watched: boolean,
): Omit<Plan, 'alarms' | 'held'> {
  const stable = alias?.version === '$LATEST' ? undefined : alias?.version
  return {
    id: releaseId(randomBytes(8)),
    strategy: options.strategy,
    candidate,
    stable,
    steps: alias ? plannedSteps(options.steps, options.everyMs) : [],
    bakeMs: watched && stable ? options.bakeMs : 0,
  }
}

/** The way back, by the alias's record or, if that is lost, by the journal. */
function heldOf(alias: AliasState | undefined, lost: ReleaseRecord | undefined): Pick<Plan, 'held'> {
  if (!alias || alias.version === '$LATEST') return { held: [] }
  const record = parseRecord(alias.description) ?? lost
  return { held: heldBefore(alias.version, record?.held ?? []) }
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

/** The alias's version holds 100% now, no matter who moved it there. */
function heldBefore(version: string, held: readonly string[]): string[] {
  return [version, ...held.filter((other) => other !== version)]
}
