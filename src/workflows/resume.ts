import { isWhereItWasPut } from '../release/decision/decide.ts'
import { outcomeOf } from '../release/decision/outcome.ts'
import type { Hooks } from '../release/plan/hooks.ts'
import { scheduleFrom } from '../release/plan/plan.ts'
import { inProgress, waitsForPerson } from '../release/values/record.ts'
import { findJournal, findRelease, requireCarried } from './alias/find-release.ts'
import { findToCarry, idle } from './alias/find-to-carry.ts'
import { errorOfOutcome } from './ending/errors.ts'
import { resultOf } from './ending/result-of.ts'
import { withHooks } from './hooks/release-hooks.ts'
import { applyAfter, type FileTriggers } from './rollout/apply-after.ts'
import { follow } from './rollout/follow.ts'
import { releaseIdleAfter, releaseIdleSince } from './rollout/release-idle-concurrency.ts'
import { keepJournal, whoActs } from './run/keep-journal.ts'
import type { ReleaseResult } from './run/release-result.ts'
import type { Run, Target } from './run/run.ts'
import { steerRelease } from './steer-release.ts'

/** The way to carry a release on. */
export interface Resuming {
  /** Whether the process stays with the release until its end, or does only what is due and leaves. */
  watch: boolean
  /** The commands of the plan's hooks, from the configuration of this machine. */
  hooks?: Hooks | undefined
  /** The triggers of the file, which the end of the release applies; absent without a file. */
  triggers?: FileTriggers
  /** Whether an alias without a release in progress is no failure: how an earlier one ended was told then. */
  mayBeIdle?: boolean
}

/**
 * Carries a release on from any machine: does what is due now, and stays with it or leaves. A paused release stays
 * paused, but its gates are checked. For an ended release only idle provisioned concurrency is released.
 *
 * @throws LambdactlError as `resultOf`, also for a release that had ended before, and NOT_FOUND without a release or
 * its plan
 */
export async function resume(run: Run, target: Target, resuming: Resuming): Promise<ReleaseResult> {
  const { watch, hooks, triggers, mayBeIdle = false } = resuming
  const found = mayBeIdle ? await findToCarry(run, target) : await findRelease(run, target)
  if ('outcome' in found) return found
  const { alias, record } = found
  if (!inProgress(record)) {
    await releaseIdleSince(run, target, record)
    const outcome = outcomeOf(alias, record)
    if (outcome === 'done') return idle(target, alias)
    const error = errorOfOutcome(target, alias, record, outcome)
    if (mayBeIdle) return idle(target, alias, error.message)
    throw error
  }
  requireCarried(target, { alias, record }, 'carry on')
  const { plan, passed, isLeft } = await findJournal(run, target, record.id)
  if (mayBeIdle && isLeft && !isWhereItWasPut(plan, alias, record)) {
    return idle(target, alias, errorOfOutcome(target, alias, record, 'moved').message)
  }
  await keepJournal(run, target, record.id, { kind: 'resumed', ...(await whoActs(run, target)) })
  const shifts = scheduleFrom(plan, record, run.clock.now())
  run.emit({ function: target.function, event: 'planned', plan, shifts, alias: target.alias, resumed: true })
  const release = withHooks({ run, target, plan }, hooks, passed)
  const ended = await follow(release, alias, { watch, resumed: record })
  await releaseIdleAfter(release, ended)
  return resultOf(release, await applyAfter(run, target, triggers, ended))
}

/** Approves a release that waits for a person, and carries it on; like `steerRelease` and `resume`. */
export async function resumeApproved(run: Run, target: Target, resuming: Resuming): Promise<ReleaseResult> {
  const { record } = await findRelease(run, target)
  if (waitsForPerson(record)) await steerRelease(run, target, { verb: 'approve' })
  return resume(run, target, resuming)
}
