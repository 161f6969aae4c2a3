import { mayBeMade } from '../../errors/after-a-call.ts'
import { asLambdactlError } from '../../errors/error.ts'
import { firstShift } from '../../release/decision/decide.ts'
import type { AliasChange, AliasState } from '../../release/values/observed.ts'
import { formatRecord } from '../../release/values/record.ts'
import { shiftAlias } from '../alias/shift-alias.ts'
import type { Ended } from '../ending/ended.ts'
import { explainConflict } from '../run/explain-conflict.ts'
import { journalShift, keepJournal, whoActs } from '../run/keep-journal.ts'
import type { PlannedRelease, Release } from '../run/release.ts'
import { takeBack } from './end-release.ts'

/** Puts the plan on record, with the Description that its record replaces. */
export async function journalPlan(
  { run, target, plan }: PlannedRelease,
  found: AliasState | undefined,
): Promise<void> {
  const who = await whoActs(run, target)
  await keepJournal(run, target, plan.id, { kind: 'plan', plan, ...who, replaced: found?.description })
}

/**
 * Makes the first shift of a release. If the answer is lost, the shift is rolled back: nobody would watch it. The way
 * back comes from the plan, since a change that ends the release has the candidate on top.
 *
 * @param found the alias as read before the candidate was published, which guards the shift; undefined creates the
 * alias
 * @throws LambdactlError CONFLICT if somebody else was faster, and any error that kept the alias in its place
 */
export async function shiftFirst(
  release: Release,
  found: AliasState | undefined,
): Promise<{ how: 'shifted'; alias: AliasState } | Ended> {
  const { run, target, plan } = release
  const change = firstShift(plan, run.clock.now())
  try {
    const alias = await shiftAlias(run, target, found, change)
    await journalShift(run, target, change)
    return { how: 'shifted', alias }
  } catch (error) {
    const failure = asLambdactlError(error)
    if (!found || !mayBeMade(failure)) throw await explainConflict(run, target, found, failure)
    return takeBack(release, asMeant(found, change), { ...change.record, held: plan.held }, failure)
  }
}

/** The alias's state if the change was made: the revision that guarded it, and its new place. */
function asMeant({ name, revisionId }: AliasState, { version, weight, record }: AliasChange): AliasState {
  return { name, revisionId, version, ...(weight ? { weight } : {}), description: formatRecord(record) }
}
