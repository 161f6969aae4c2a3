import type { ResolvedFunction } from '../../config/types.ts'
import type { Plan } from '../../release/plan/plan.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { proveCandidate } from '../preflight/preflight.ts'
import { warmVersions } from '../provisioned/warm-candidate.ts'
import type { Followed, Following, ReleaseResult } from '../run/release-options.ts'
import { begin, interruptible, type Run, type Target } from '../run/run.ts'
import { applyBeforeShift, applyToNewAlias, raiseReservation } from '../settings/apply-attachments.ts'
import { journalConfigured } from '../settings/configured.ts'
import { releasingIdle } from './release-idle-concurrency.ts'
import { rollOut } from './roll-out.ts'

/** A candidate that waits for its roll-out. */
export interface Prepared {
  target: Target
  plan: Plan
  /** As first read; fences the first shift. Undefined before the first release. */
  alias: AliasState | undefined
  fn: ResolvedFunction
  following: Following
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
      const applied = await applyBeforeShift(run, target, fn, warmed)
      await journalConfigured(run, target, plan.id, fn)
      return applied
    })
  })
  if (!alias) await applyToNewAlias(run, target, fn)
  return resultOf(target, plan, followed)
}

/** Turns the end of following a release into its result. */
export function resultOf(target: Target, plan: Plan, { next }: Followed): ReleaseResult {
  const result = { function: target.function, version: plan.candidate, previous: plan.stable }
  return next === undefined ? { ...result, outcome: 'released' } : { ...result, outcome: 'waiting', next }
}
