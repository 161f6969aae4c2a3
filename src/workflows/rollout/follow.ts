import { isConflict } from '../../errors/after-a-call.ts'
import { asLambdactlError, isEndedCall, type LambdactlError } from '../../errors/error.ts'
import { decide } from '../../release/decision/decide.ts'
import { upcomingShifts } from '../../release/plan/plan.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { parseRecord, type ReleaseRecord } from '../../release/values/record.ts'
import { isSameTraffic } from '../../release/values/same-alias.ts'
import { type Ended, failed } from '../ending/ended.ts'
import { requireBesideFirst } from '../release-only/beside.ts'
import { keepJournal, whoActs } from '../run/keep-journal.ts'
import type { PlannedRelease, Release } from '../run/release.ts'
import { pollMs, shortestPollMs } from '../watch/poll.ts'
import { tellInterrupt, tellShift } from '../watch/tell-following.ts'
import { tellStanding } from '../watch/tell-standing.ts'
import { endRelease, journalLeft, seenWithout, takeBack } from './end-release.ts'
import { isDone, isUnderWay } from './is-under-way.ts'
import { type Ticked, tick } from './tick.ts'

/** The way to follow a release. */
export interface Following {
  /** False: does what is due now and leaves; the release waits for a process that resumes it. */
  watch: boolean
  /** The found record of a release that was begun before: its present place is no new shift. */
  resumed?: ReleaseRecord
}

/**
 * Carries a release on from any place of its alias: observes, decides, acts, and observes again. It needs only the plan
 * and the alias, so any process can do it. Two at once are possible too: one of them is refused and looks again. It
 * never throws: an error is one way to end.
 *
 * @param found the alias after the first shift, or as a resumed release has it
 */
export async function follow(release: Release, found: AliasState, following: Following): Promise<Ended> {
  const { signal } = release.run
  const onInterrupt = () => tellInterrupt(release)
  signal.addEventListener('abort', onInterrupt, { once: true })
  try {
    return await followOn(release, found, following)
  } catch (error) {
    return failed(error)
  } finally {
    signal.removeEventListener('abort', onInterrupt)
    await release.hooks.end()
  }
}

async function followOn(release: Release, found: AliasState, following: Following): Promise<Ended> {
  const { run, target, plan, hooks } = release
  let alias = found
  let { resumed } = following
  let moved = !resumed && isUnderWay(plan, found)
  for (;;) {
    if (isDone(plan, alias)) {
      tellShift(release, alias)
      await requireBesideFirst(release)
      return { how: 'done', alias }
    }
    const ticked = await orTakeBack(release, alias, async () => {
      if (resumed) tellStanding(run, target, alias, resumed)
      if (moved) tellShift(release, alias)
      hooks.tell()
      return tick(release, alias)
    })
    resumed = undefined
    if (ticked.how === 'detached') return detach(release, ticked.alias)
    if (ticked.how !== 'going') return ticked
    moved = isUnderWay(plan, ticked.alias) && !isSameTraffic(alias, ticked.alias)
    alias = ticked.alias
    if (moved || ticked.until === undefined) continue
    const hookOver = hooks.running()
    // The next look handles an interrupt, in any mode.
    if (!following.watch && !hookOver && !run.signal.aborted) {
      return { how: 'waiting', alias, next: ticked.until }
    }
    const waking = hookOver ? AbortSignal.any([run.signal, hookOver]) : run.signal
    await run.clock.sleep(pollMs(plan, alias, ticked.until, run.clock.now()), waking)
  }
}

/** Leaves the release to another process. */
async function detach({ run, target, plan }: PlannedRelease, alias: AliasState): Promise<Ended> {
  await keepJournal(run, target, plan.id, { kind: 'detached', ...(await whoActs(run, target)) })
  const record = parseRecord(alias.description)
  const [next] = record ? upcomingShifts(plan, record) : []
  return { how: 'waiting', alias, next: Math.max(run.clock.now(), next?.at ?? 0) }
}

/** After any error the candidate must not keep its traffic, unless somebody else has the alias by now. */
async function orTakeBack(
  release: Release,
  alias: AliasState,
  attempt: () => Promise<Ticked>,
): Promise<Ticked> {
  try {
    return await attempt()
  } catch (error) {
    const failure = asLambdactlError(error)
    // The next look does the interrupt's work.
    if (isEndedCall(failure)) return { how: 'going', alias, until: release.run.clock.now() }
    if (isConflict(failure)) return lookAgain(release, alias, failure)
    return giveUp(release, alias, failure)
  }
}

/**
 * After a conflict somebody else was faster, perhaps another process that carries the same release. The next look
 * decides, and meets unreadable parts again. A deleted alias ends the release with the conflict.
 */
async function lookAgain(
  release: PlannedRelease,
  last: AliasState,
  conflict: LambdactlError,
): Promise<Ticked> {
  const { run, target } = release
  const alias = await run.aws.aliases.get(target.lambdaName, target.alias).catch(() => last)
  if (alias) return { how: 'going', alias, until: run.clock.now() + shortestPollMs }
  await journalLeft(release, conflict.message)
  return failed(conflict)
}

/** Rolls the release back, since it can't be watched any more; an alias of somebody else's is left alone. */
async function giveUp(release: Release, alias: AliasState, failure: LambdactlError): Promise<Ended> {
  const record = parseRecord(alias.description)
  const verdict = { outcome: 'fail', reason: failure.message } as const
  const decision = decide(release.plan, { alias, record, verdict }, release.run.clock.now())
  if (decision.do === 'leave') return endRelease(release, seenWithout(alias, record, failure), decision)
  return record ? takeBack(release, alias, record, failure) : failed(failure)
}
