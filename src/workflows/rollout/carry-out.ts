import type { AliasState } from '../../release/values/observed.ts'
import { type Ended, failed } from '../ending/ended.ts'
import { proveHooks } from '../hooks/prove-hooks.ts'
import { withHooks } from '../hooks/release-hooks.ts'
import { proveCandidate } from '../preflight/prove-candidate.ts'
import { warmVersions } from '../provisioned/warm-candidate.ts'
import { requireBeside } from '../release-only/beside.ts'
import { alone, type Part } from '../run/barrier.ts'
import type { PlannedRelease, Release } from '../run/release.ts'
import { begin, interruptible, type Run } from '../run/run.ts'
import { applyBeforeShift, applyToNewAlias, raiseReservation } from '../settings/apply-attachments.ts'
import { journalConfigured } from '../settings/configured.ts'
import { applyAfter } from './apply-after.ts'
import { journalPlan, shiftFirst } from './first-shift.ts'
import { follow } from './follow.ts'
import type { Prepared } from './publish-release.ts'
import { releaseIdleAfter } from './release-idle-concurrency.ts'

/**
 * Carries out a release whose candidate is published, to any end.
 *
 * @param part one of several functions whose aliases are to move at the same time
 */
export async function carryOut(run: Run, prepared: Prepared, part: Part = alone): Promise<Ended> {
  const { target, plan, fn, alias } = prepared
  const release = withHooks({ run, target, plan }, fn.release.hooks)
  const ended = await moveAlias(release, prepared, part).catch(failed)
  await releaseIdleAfter(release, ended)
  if (!alias && (ended.how === 'done' || ended.how === 'waiting')) await applyToNewAlias(run, target, fn)
  return applyAfter(run, target, () => fn.triggers, ended)
}

/** Warms and proves the candidate, then moves the alias and follows it; the lines are in the order of events. */
async function moveAlias(release: Release, prepared: Prepared, part: Part): Promise<Ended> {
  const { fn, watch } = prepared
  const { run, target } = release
  const { signal } = run
  const warmed = await warm(release, prepared)
  begin(run, target, 'trying')
  await interruptible(signal, () => proveCandidate(release, fn.release.smoke))
  await proveHooks(release)
  const areReady = await interruptible(signal, () => waitForOthers(release, part))
  if (!areReady) return { how: 'unused' }
  const alias = await interruptible(signal, () => configure(release, prepared, warmed))
  await interruptible(signal, () => requireBeside(release))
  await interruptible(signal, () => journalPlan(release, alias))
  const first = await shiftFirst(release, alias)
  return first.how === 'shifted' ? follow(release, first.alias, { watch }) : first
}

/** Gives the candidate its provisioned concurrency, if the function has any; returns the alias's state after that. */
async function warm(release: PlannedRelease, { fn, alias }: Prepared): Promise<AliasState | undefined> {
  const { run, target, plan } = release
  if (plan.provisioned) await interruptible(run.signal, () => raiseReservation(run, target, fn))
  return warmVersions(release, alias)
}

async function waitForOthers({ run, target }: PlannedRelease, part: Part): Promise<boolean> {
  if (!part.isAlone) begin(run, target, 'waiting')
  return part.ready()
}

/** Applies settings that belong to no version; returns the alias's state after that, which guards the first shift. */
async function configure(
  { run, target, plan }: PlannedRelease,
  { fn }: Prepared,
  found: AliasState | undefined,
): Promise<AliasState | undefined> {
  begin(run, target, 'shifting')
  const alias = await applyBeforeShift(run, target, fn, found)
  await journalConfigured(run, target, plan.id, fn)
  return alias
}
