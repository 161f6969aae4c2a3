import { mayBeMade } from '../../errors/after-a-call.ts'
import { asLambdactlError } from '../../errors/error.ts'
import { firstShift } from '../../release/decision/decide.ts'
import type { Plan } from '../../release/plan/plan.ts'
import type { AliasChange, AliasState } from '../../release/values/observed.ts'
import { formatRecord } from '../../release/values/record.ts'
import { shiftAlias } from '../alias/shift-alias.ts'
import { proveHooks } from '../hooks/prove-hooks.ts'
import { type ReleaseHooks, releaseHooks } from '../hooks/release-hooks.ts'
import { explainConflict } from '../run/explain-conflict.ts'
import { journalShift, keepJournal, whoActs } from '../run/keep-journal.ts'
import type { Followed, Following } from '../run/release-options.ts'
import { interruptible, type Run, type Target } from '../run/run.ts'
import { follow, takeBack } from './follow.ts'

/**
 * Begins a release: its first hooks have to pass, its plan goes into the journal, then the alias makes its first shift and
 * is followed.
 *
 * @param found the alias as read before the candidate was made, which fences the first shift; undefined creates it
 * @param prepare what has to be done once the first hooks have passed, and gives the alias as it is then
 * @throws LambdactlError as `follow`, and PREFLIGHT_FAILED by a hook
 */
export async function rollOut(
  run: Run,
  target: Target,
  plan: Plan,
  found: AliasState | undefined,
  following: Following,
  prepare: () => Promise<AliasState | undefined> = async () => found,
): Promise<Followed> {
  await proveHooks(run, target, plan, following.hooks)
  const alias = await interruptible(run.signal, prepare)
  await interruptible(run.signal, () => journalPlan(run, target, plan, alias))
  const hooks = releaseHooks(run, target, plan, following.hooks)
  return follow(run, target, plan, await shiftFirst(run, target, plan, alias, hooks), following, hooks)
}

async function journalPlan(
  run: Run,
  target: Target,
  plan: Plan,
  found: AliasState | undefined,
): Promise<void> {
  const who = await whoActs(run, target)
  await keepJournal(run, target, plan.id, { kind: 'plan', plan, ...who, replaced: found?.description })
}

/**
 * One that may have been made without an answer is taken back: nobody would watch it. The way back is the plan's, since
 * a change that ends the release has the candidate on top.
 */
async function shiftFirst(
  run: Run,
  target: Target,
  plan: Plan,
  found: AliasState | undefined,
  hooks: ReleaseHooks,
): Promise<AliasState> {
  const change = firstShift(plan, run.clock.now())
  try {
    const alias = await shiftAlias(run, target, found, change)
    await journalShift(run, target, change)
    return alias
  } catch (error) {
    const failure = asLambdactlError(error)
    if (!found || !mayBeMade(failure)) throw await explainConflict(run, target, found, failure)
    const record = { ...change.record, held: plan.held }
    return takeBack(run, target, plan, asMeant(found, change), record, failure, hooks)
  }
}

/** The alias as it is if the change was made: what it was fenced by, and where it would be. */
function asMeant({ name, revisionId }: AliasState, { version, weight, record }: AliasChange): AliasState {
  return { name, revisionId, version, ...(weight ? { weight } : {}), description: formatRecord(record) }
}
