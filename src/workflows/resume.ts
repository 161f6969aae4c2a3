import { outcomeOf } from '../release/decision/outcome.ts'
import { scheduleFrom } from '../release/plan/plan.ts'
import { inProgress, waitsForPerson } from '../release/values/record.ts'
import { releaseHooks } from './hooks/release-hooks.ts'
import { resultOf } from './rollout/carry-out.ts'
import { follow } from './rollout/follow.ts'
import { releaseIdleSince, releasingIdle } from './rollout/release-idle-concurrency.ts'
import { findJournal, findRelease, requireCarried } from './run/find-release.ts'
import { keepJournal, whoActs } from './run/keep-journal.ts'
import type { Following, ReleaseResult } from './run/release-options.ts'
import type { Run, Target } from './run/run.ts'
import { steerRelease } from './steer-release.ts'
import { asError } from './watch/release-outcome.ts'

/**
 * Carries a release on from any machine: does what is due now, and stays with it or leaves. A paused release stays
 * paused, but its gates are looked at. One that has ended needs nothing, but that the provisioned concurrency of what it
 * left behind is released.
 *
 * @throws LambdactlError as `follow`, also for a release that had ended before, and NOT_FOUND without one or its plan
 */
export async function resume(run: Run, target: Target, following: Following): Promise<ReleaseResult> {
  const { alias, record } = await findRelease(run, target)
  if (!inProgress(record)) {
    await releaseIdleSince(run, target, record)
    const outcome = outcomeOf(alias, record)
    if (outcome !== 'done') throw asError(target, alias, record, outcome)
    return { function: target.function, outcome: 'idle', version: alias.version, previous: undefined }
  }
  requireCarried(target, { alias, record }, 'carry on')
  const { plan, passed } = await findJournal(run, target, record.id)
  await keepJournal(run, target, record.id, { kind: 'resumed', ...(await whoActs(run, target)) })
  const shifts = scheduleFrom(plan, record, run.clock.now())
  run.emit({ function: target.function, event: 'planned', plan, shifts, alias: target.alias, resumed: true })
  const hooks = releaseHooks(run, target, plan, following.hooks, passed)
  const followed = await releasingIdle(run, target, plan, () =>
    follow(run, target, plan, alias, { ...following, resumed: record }, hooks),
  )
  return resultOf(target, plan, followed)
}

/** Approves a release that waits for a person, and carries it on; as `steerRelease` and `resume`. */
export async function resumeApproved(run: Run, target: Target, following: Following): Promise<ReleaseResult> {
  const { record } = await findRelease(run, target)
  if (waitsForPerson(record)) await steerRelease(run, target, { verb: 'approve' })
  return resume(run, target, following)
}
