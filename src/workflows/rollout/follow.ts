import { isConflict } from '../../errors/after-a-call.ts'
import type { ErrorCode } from '../../errors/codes.ts'
import { asLambdactlError, isEndedCall, type LambdactlError } from '../../errors/error.ts'
import { type Decision, decide, pause, rollBack } from '../../release/decision/decide.ts'
import { type Plan, upcomingShifts } from '../../release/plan/plan.ts'
import { movedSince } from '../../release/values/moved.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { inProgress, parseRecord, type ReleaseRecord } from '../../release/values/record.ts'
import { isSameTraffic } from '../../release/values/same-alias.ts'
import { shiftAlias } from '../alias/shift-alias.ts'
import type { ReleaseHooks } from '../hooks/release-hooks.ts'
import { journalShift, keepJournal, whoActs } from '../run/keep-journal.ts'
import { pollMs, pollNearShiftMs, shortestPollMs } from '../run/poll.ts'
import type { Followed, Following } from '../run/release-options.ts'
import type { Run, Target } from '../run/run.ts'
import { look } from '../watch/look.ts'
import type { Seen } from '../watch/observe.ts'
import { onInterruptOf } from '../watch/on-interrupt.ts'
import { tellInterrupt, tellObserved, tellShift } from '../watch/tell-following.ts'
import { tellStanding } from '../watch/tell-standing.ts'
import { endRelease, journalLeft } from './end-release.ts'

/** The result of one look: the alias moved, nothing is due before `until`, or the alias is no longer this release's. */
interface Ticked {
  alias: AliasState
  until?: number
  left?: { seen: Seen; decision: Extract<Decision, { do: 'leave' }> }
  /** A person left it as it stands. */
  isDetached?: true
}

/**
 * Carries a release on from wherever its alias is: observes, decides, does, and observes again. It needs the plan and the
 * alias alone, so any process can, also two at once: one is fenced off and looks again.
 *
 * @param found the alias after the first shift, or as a resumed release has it
 * @throws LambdactlError ROLLED_BACK, PAUSED, INTERRUPTED, CONFLICT, ROLLBACK_FAILED; any other code for what kept it from
 * being carried on, once it was taken back
 */
export async function follow(
  run: Run,
  target: Target,
  plan: Plan,
  found: AliasState,
  following: Following,
  hooks: ReleaseHooks,
): Promise<Followed> {
  const onInterrupt = () => tellInterrupt(run, target)
  run.signal.addEventListener('abort', onInterrupt, { once: true })
  try {
    return await followOn(run, target, plan, found, following, hooks)
  } catch (error) {
    throw asLambdactlError(error)
  } finally {
    run.signal.removeEventListener('abort', onInterrupt)
    await hooks.end()
  }
}

async function followOn(
  run: Run,
  target: Target,
  plan: Plan,
  found: AliasState,
  following: Following,
  hooks: ReleaseHooks,
): Promise<Followed> {
  let alias = found
  let { resumed } = following
  let moved = !resumed && isOurs(plan, found)
  for (;;) {
    if (isDone(plan, alias)) {
      tellShift(run, target, plan, alias)
      return { alias, next: undefined }
    }
    const ticked = await orRollBack(run, target, plan, alias, hooks, async () => {
      if (resumed) tellStanding(run, target, alias, resumed)
      if (moved) tellShift(run, target, plan, alias)
      hooks.tell()
      return tick(run, target, plan, alias, hooks)
    })
    resumed = undefined
    if (ticked.left) return endRelease(run, target, plan, ticked.left.seen, ticked.left.decision, hooks)
    if (ticked.isDetached) return detach(run, target, plan, ticked.alias)
    moved = isOurs(plan, ticked.alias) && !isSameTraffic(alias, ticked.alias)
    alias = ticked.alias
    if (moved || ticked.until === undefined) continue
    const hookOver = hooks.running()
    // An interrupt is dealt with by the next look, whoever watches.
    if (!following.watch && !hookOver && !run.signal.aborted) return { alias, next: ticked.until }
    const waking = hookOver ? AbortSignal.any([run.signal, hookOver]) : run.signal
    await run.clock.sleep(pollMs(plan, alias, ticked.until, run.clock.now()), waking)
  }
}

/** Looks once, and does what is due. */
async function tick(
  run: Run,
  target: Target,
  plan: Plan,
  last: AliasState,
  hooks: ReleaseHooks,
): Promise<Ticked> {
  const observed = await look(run, target, plan, last)
  const isAsked = run.isAsked?.() ?? false
  const seen = { ...observed, hooks: hooks.standings(observed.record), isAsked }
  if (isDone(plan, seen.alias)) return { alias: seen.alias }
  const decision = decideNow(run, plan, seen)
  tellObserved(run, target, plan, seen, decision)
  if (isEnding(decision)) hooks.stop()
  else await hooks.journal()
  switch (decision.do) {
    case 'ask':
      hooks.start(decision.hook, { record: decision.record, alias: seen.alias })
      return { alias: seen.alias, until: Number.POSITIVE_INFINITY }
    case 'wait':
      return { alias: seen.alias, until: decision.hook ? Number.POSITIVE_INFINITY : decision.until }
    case 'shift':
    case 'finish':
      return { alias: await moveOn(run, target, plan, seen, decision) }
    case 'hold':
      return { alias: seen.alias, until: run.clock.now() + pollNearShiftMs }
    case 'detach':
      return { alias: seen.alias, isDetached: true }
    case 'leave':
      return { alias: seen.alias, left: { seen, decision } }
    default:
      return endRelease(run, target, plan, seen, decision, hooks)
  }
}

/** These leave the release, or end it. */
function isEnding({ do: what }: { do: string }): boolean {
  return ['roll-back', 'pause', 'stay', 'leave', 'detach'].includes(what)
}

/** Leaves the release to whoever carries it on. */
async function detach(run: Run, target: Target, plan: Plan, alias: AliasState): Promise<Followed> {
  await keepJournal(run, target, plan.id, { kind: 'detached', ...(await whoActs(run, target)) })
  const record = parseRecord(alias.description)
  const [next] = record ? upcomingShifts(plan, record) : []
  return { alias, next: Math.max(run.clock.now(), next?.at ?? 0) }
}

/** By this process, or by another one that carried the release. */
function isDone(plan: Plan, alias: AliasState): boolean {
  const record = parseRecord(alias.description)
  return record?.id === plan.id && record.phase === 'done' && !movedSince(alias, record)
}

/** In progress, and where the release put it. */
function isOurs(plan: Plan, alias: AliasState): boolean {
  const record = parseRecord(alias.description)
  return record?.id === plan.id && inProgress(record) && !movedSince(alias, record)
}

function decideNow(run: Run, plan: Plan, seen: Seen): Decision | { do: 'detach' } {
  const now = run.clock.now()
  const decision = decide(plan, seen, now)
  if (!run.signal.aborted || !seen.record || !mayBeInterrupted(decision)) return decision
  const reason = 'interrupted by the user'
  switch (onInterruptOf(run.signal)) {
    case 'detach':
      return { do: 'detach' }
    case 'pause':
      return pause(seen.alias, seen.record, reason, now)
    case 'roll-back':
      return rollBack(seen.record, reason, now)
  }
}

/** An alias of somebody else's is left alone, and what rolls back or stays needs no interrupt. */
function mayBeInterrupted(decision: Decision): boolean {
  return ['wait', 'hold', 'ask', 'shift', 'finish', 'pause'].includes(decision.do)
}

async function moveOn(
  run: Run,
  target: Target,
  plan: Plan,
  { alias, verdict, alarms, comparison }: Seen,
  decision: Extract<Decision, { do: 'shift' | 'finish' }>,
): Promise<AliasState> {
  await keepJournal(run, target, plan.id, {
    kind: 'decision',
    do: decision.do,
    verdict,
    alarms,
    comparison: comparison?.metrics,
  })
  // The journal takes a moment, in which somebody may interrupt: then the next look decides.
  if (run.signal.aborted || run.isAsked?.()) return alias
  const moved = await shiftAlias(run, target, alias, decision.change)
  await journalShift(run, target, decision.change)
  return moved
}

/** The ways in which a look ends a release on purpose. */
const endings: readonly ErrorCode[] = ['ROLLED_BACK', 'PAUSED', 'INTERRUPTED', 'ROLLBACK_FAILED']

/** Whatever else goes wrong, the candidate does not keep its traffic, unless the alias is somebody else's by now. */
async function orRollBack(
  run: Run,
  target: Target,
  plan: Plan,
  alias: AliasState,
  hooks: ReleaseHooks,
  attempt: () => Promise<Ticked>,
): Promise<Ticked> {
  try {
    return await attempt()
  } catch (error) {
    const failure = asLambdactlError(error)
    // The next look does what the interrupt asks for.
    if (isEndedCall(failure)) return { alias, until: run.clock.now() }
    if (endings.includes(failure.code)) throw failure
    if (isConflict(failure)) return lookAgain(run, target, plan, alias, failure)
    return giveUp(run, target, plan, alias, failure, hooks)
  }
}

/**
 * After a conflict: somebody else was quicker, perhaps another process that carries this very release. The next look
 * decides, and meets what can't be read now again.
 *
 * @throws the conflict when the alias was deleted
 */
async function lookAgain(
  run: Run,
  target: Target,
  plan: Plan,
  last: AliasState,
  conflict: LambdactlError,
): Promise<Ticked> {
  const alias = await run.aws.aliases.get(target.lambdaName, target.alias).catch(() => last)
  if (!alias) {
    await journalLeft(run, target, plan, conflict.message)
    throw conflict
  }
  return { alias, until: run.clock.now() + shortestPollMs }
}

/** Takes the release back, since it can't be watched any more; an alias that is somebody else's is left alone. */
function giveUp(
  run: Run,
  target: Target,
  plan: Plan,
  alias: AliasState,
  failure: LambdactlError,
  hooks: ReleaseHooks,
): Promise<never> {
  const record = parseRecord(alias.description)
  const now = run.clock.now()
  const failed = decide(plan, { alias, record, verdict: { outcome: 'fail', reason: failure.message } }, now)
  if (failed.do === 'leave')
    return endRelease(run, target, plan, seenWithout(alias, record, failure), failed, hooks)
  if (!record) throw failure
  return takeBack(run, target, plan, alias, record, failure, hooks)
}

/** Takes the release back, whose alias is as given or was meant to be. */
export async function takeBack(
  run: Run,
  target: Target,
  plan: Plan,
  alias: AliasState,
  record: ReleaseRecord,
  failure: LambdactlError,
  hooks: ReleaseHooks,
): Promise<never> {
  const decision = rollBack(record, failure.brief, run.clock.now())
  try {
    return await endRelease(run, target, plan, seenWithout(alias, record, failure), decision, hooks)
  } catch (error) {
    throw asLambdactlError(error)
  }
}

/** Returns the state as far as it is known after a look that failed. */
function seenWithout(alias: AliasState, record: ReleaseRecord | undefined, failure: LambdactlError): Seen {
  return { alias, record, verdict: { outcome: 'inconclusive', reason: failure.brief }, alarms: [], failure }
}
