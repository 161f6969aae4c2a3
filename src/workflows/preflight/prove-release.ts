import type { FunctionSettings } from '../../function/settings/settings.ts'
import type { Pair } from '../../gates/candidate/split-check.ts'
import type { Plan } from '../../release/plan/plan.ts'
import { lostRecordOf } from '../alias/find-lost-record.ts'
import { type Changed, type Compared, compareAgain, type Unchanged } from '../candidate/compare-candidate.ts'
import { clearInjectedWeights, tellInjectedWeights } from '../provisioned/clear-injected-weights.ts'
import { besideOf } from '../release-only/beside.ts'
import { unseenUpdate } from '../release-only/unseen-update.ts'
import type { ReleaseOptions } from '../run/release-options.ts'
import { begin, commandFor, type Run } from '../run/run.ts'
import { warn } from '../run/warn.ts'
import { attachmentDifferences, tellPlanned } from '../settings/apply-attachments.ts'
import type { Difference } from '../settings/difference.ts'
import { settingsAfter } from '../settings/settings.ts'
import { findAlarms } from './alarms/find-alarms.ts'
import { movedChecks } from './moved-checks.ts'
import { planRelease, tellPlan } from './plan-release.ts'
import { proveFunction } from './prove-function.ts'
import { proveGates } from './prove-gates.ts'
import { proveSettings, proveSources } from './prove-settings.ts'

/** A function whose gates are proved, with the plan; no plan if nothing changed. */
export type Proven =
  | { compared: Changed; plan: Plan }
  /** The settings of no version that differ, although nothing else changed. */
  | { compared: Unchanged; differences: readonly Difference[] }

/**
 * Plans a release and proves its gates, before anything is uploaded. In AWS it only changes weights that Lambda left on
 * the alias, since they would be in the way.
 *
 * @throws LambdactlError PREFLIGHT_FAILED
 */
export async function proveRelease(run: Run, found: Compared, options: ReleaseOptions): Promise<Proven> {
  const compared = await withoutInjected(run, found, options)
  if (compared.change === 'none') {
    await tellMoved(run, compared)
    await tellUnseenUpdate(run, compared)
    return { compared, differences: await proveSettings(run, compared, options) }
  }
  const { target, fn, local, alias, latest } = compared
  begin(run, target, 'proving')
  const selection = await findAlarms(run, alias ? options.alarms : [])
  const lost = alias && (await lostRecordOf(run, target, alias))
  const planned = planRelease(run, compared, options, { selection, lost })
  const wentPast = await proveFunction(run, compared, planned, options)
  await proveSources(run, compared, planned)
  const beside = fn.manages === 'code' && latest ? { beside: await besideOf(run, target, latest) } : undefined
  const plan = { ...planned, ...beside, ...(wentPast.length > 0 ? { wentPast } : {}) }
  if (options.dryRun) {
    tellPlan({ run, target, plan })
    tellPlanned(run, target, latest ? await attachmentDifferences(run, target, fn, alias) : [])
  }
  await proveGates({ run, target, plan }, alias, {
    needsAlarm: options.needsAlarm,
    selection,
    lost,
    ...(options.strategy === 'all-at-once' ? {} : { bakeMs: options.bakeMs }),
    tags: latest?.tags,
    pair: pairOf(compared, latest && settingsAfter(latest.settings, local.settings)),
  })
  return { compared, plan }
}

/** A version that no release proved may have exactly the content that was to be deployed. */
async function tellMoved(run: Run, { target, alias }: Unchanged): Promise<void> {
  const lost = await lostRecordOf(run, target, alias)
  for (const { detail } of movedChecks(alias, lost)) {
    const back = `to put that version back: ${commandFor(target, 'rollback')}`
    warn(run, target, `${detail}; ${back}`)
  }
}

/** Variables of another tool that can't be read may be all that changed. */
async function tellUnseenUpdate(run: Run, { target, fn, serving }: Unchanged): Promise<void> {
  if (fn.manages === 'function' || serving.hiddenVariables === undefined) return
  const latest = await run.aws.functions.get(target.lambdaName)
  const text = latest && unseenUpdate(latest, serving)
  if (text) warn(run, target, text)
}

/** Clearing them may take a while, and the alias may end elsewhere than predicted, so it is compared again. */
async function withoutInjected(run: Run, compared: Compared, options: ReleaseOptions): Promise<Compared> {
  const { target, injected, alias } = compared
  if (!injected) return compared
  if (options.dryRun) {
    await tellInjectedWeights(run, target, injected)
    return compared
  }
  if (compared.change !== 'none') {
    await proveFunction(run, compared, { strategy: options.strategy, stable: alias?.version }, options)
  }
  await clearInjectedWeights(run, target, injected)
  return compareAgain(run, compared)
}

/** Returns the two versions whose settings must match for Lambda: the alias's and the candidate. */
export function pairOf({ serving }: Changed, candidate: FunctionSettings | undefined): Pair | undefined {
  return serving && candidate && { stable: serving.settings, candidate }
}
