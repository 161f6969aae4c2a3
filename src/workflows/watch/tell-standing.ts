import { isCode } from '../../errors/error.ts'
import { overdueAt, overdueMarginMs } from '../../release/decision/overdue.ts'
import { standing } from '../../release/decision/standing.ts'
import type { Plan } from '../../release/plan/plan.ts'
import { durationWords } from '../../release/values/duration.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { inProgress, type ReleaseRecord } from '../../release/values/record.ts'
import { findPlan } from '../alias/find-release.ts'
import { commandFor, commandsFor, type Run, type Target } from '../run/run.ts'
import { warn } from '../run/warn.ts'

/**
 * Reports a release's state at each new phase or step, and once in each when it is overdue. Only the plan tells when it
 * is overdue, so the plan is read for a release that has not moved for a while.
 */
export function standingTeller(
  run: Run,
  target: Target,
): (alias: AliasState, record: ReleaseRecord) => Promise<void> {
  let plan: Promise<Plan | undefined> | undefined
  let toldOf: number | undefined
  let isOverdueTold = false
  return async (alias, record) => {
    if (record.since !== toldOf) {
      toldOf = record.since
      isOverdueTold = false
      tellStanding(run, target, alias, record)
    }
    const now = run.clock.now()
    if (isOverdueTold || !inProgress(record) || now < record.since + overdueMarginMs) return
    plan ??= planToTell(run, target, record.id)
    const at = overdueAt(await plan, record)
    if (at === undefined || now < at) return
    isOverdueTold = true
    warn(run, target, overdueText(target, record, now))
  }
}

/** Reports a release's state. */
export function tellStanding(run: Run, target: Target, alias: AliasState, record: ReleaseRecord): void {
  const { phase, step, steps } = record
  const { summary } = standing(alias, record, commandsFor(target))
  const share = alias.weight ? { weight: alias.weight } : {}
  run.emit({
    function: target.function,
    event: 'standing',
    alias: alias.name,
    version: alias.version,
    phase,
    step,
    steps,
    ...share,
    summary,
  })
}

/** Undefined if it can't be read; the warning that nobody can carry the release on is still useful. */
async function planToTell(run: Run, target: Target, id: string): Promise<Plan | undefined> {
  try {
    return await findPlan(run, target, id)
  } catch (error) {
    if (isCode(error, 'NOT_FOUND')) warn(run, target, error.message)
    return undefined
  }
}

function overdueText(target: Target, { id, since }: ReleaseRecord, now: number): string {
  const minutes = Math.floor((now - since) / 60_000) * 60_000
  return `release ${id} has not moved for ${durationWords(minutes)}, longer than its plan says: no process seems to carry it on. To carry it on: ${commandFor(target, 'canary resume')}`
}
