import { type Decision, decide, pause, rollBack } from '../../release/decision/decide.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { shiftAlias } from '../alias/shift-alias.ts'
import type { Ended } from '../ending/ended.ts'
import { journalShift, keepJournal } from '../run/keep-journal.ts'
import type { PlannedRelease, Release } from '../run/release.ts'
import { look } from '../watch/look.ts'
import type { Seen } from '../watch/observe.ts'
import { onInterruptOf } from '../watch/on-interrupt.ts'
import { pollNearShiftMs } from '../watch/poll.ts'
import { tellObserved } from '../watch/tell-following.ts'
import { endRelease } from './end-release.ts'
import { isDone } from './is-under-way.ts'

/** The result of one look. */
export type Ticked =
  /** The alias has moved, or nothing is due before `until`, milliseconds since the epoch. */
  | { how: 'going'; alias: AliasState; until?: number }
  /** A person leaves the release as it is. */
  | { how: 'detached'; alias: AliasState }
  | Ended

/**
 * Looks once, and does what is due.
 *
 * @param last the alias as last seen
 * @throws LambdactlError CONFLICT if somebody else was faster, and any error that keeps the release from being carried
 * on
 */
export async function tick(release: Release, last: AliasState): Promise<Ticked> {
  const { run, plan, hooks } = release
  const observed = await look(release, last)
  const isAsked = run.isAsked?.() ?? false
  const seen = { ...observed, hooks: hooks.standings(observed.record), isAsked }
  const { alias } = seen
  if (isDone(plan, alias)) return { how: 'going', alias }
  const decision = decideNow(release, seen)
  tellObserved(release, seen, decision)
  if (isEnding(decision)) hooks.stop()
  else await hooks.journal()
  switch (decision.do) {
    case 'ask':
      hooks.start(decision.hook, { record: decision.record, alias })
      return { how: 'going', alias, until: Number.POSITIVE_INFINITY }
    case 'wait':
      return { how: 'going', alias, until: decision.hook ? Number.POSITIVE_INFINITY : decision.until }
    case 'shift':
    case 'finish':
      return { how: 'going', alias: await moveOn(release, seen, decision) }
    case 'hold':
      return { how: 'going', alias, until: run.clock.now() + pollNearShiftMs }
    case 'detach':
      return { how: 'detached', alias }
    default:
      return endRelease(release, seen, decision)
  }
}

type DecisionNow = Decision | { do: 'detach' }

function decideNow({ run, plan }: PlannedRelease, seen: Seen): DecisionNow {
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

/** An alias of somebody else's is left alone, and a rollback or a stay needs no interrupt. */
function mayBeInterrupted(decision: Decision): boolean {
  return ['wait', 'hold', 'ask', 'shift', 'finish', 'pause'].includes(decision.do)
}

/** These leave the release, or end it. */
function isEnding(decision: DecisionNow): boolean {
  return ['roll-back', 'pause', 'stay', 'leave', 'detach'].includes(decision.do)
}

async function moveOn(
  { run, target, plan }: PlannedRelease,
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
  // An interrupt may come while the journal is written: then the next look decides.
  if (run.signal.aborted || run.isAsked?.()) return alias
  const moved = await shiftAlias(run, target, alias, decision.change)
  await journalShift(run, target, decision.change)
  return moved
}
