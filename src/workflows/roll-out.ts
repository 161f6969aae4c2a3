import type { ErrorCode } from '../errors/codes.ts'
import { asLambdactlError, isCode, LambdactlError } from '../errors/error.ts'
import { type Decision, decide, firstShift, rollBack } from '../release/decide.ts'
import type { AliasState, Verdict } from '../release/observed.ts'
import type { Plan } from '../release/plan.ts'
import { parseRecord, type ReleaseRecord } from '../release/record.ts'
import { endRelease } from './end-release.ts'
import { keepJournal, whoReleases } from './keep-journal.ts'
import { observe, type Seen } from './observe.ts'
import { interruptible, type Run, type Target } from './run.ts'
import { shiftAlias } from './shift-alias.ts'

/** Looks are at most this far apart: a firing alarm is acted on within one. Milliseconds. */
const longestPollMs = 2000
const shortestPollMs = 250

/**
 * Carries a release from its first shift to its end: observes, decides, does, and observes again. The user's interrupt
 * rolls back.
 *
 * @param found the alias as read before the candidate was made, which fences the first shift; undefined creates it
 * @returns the alias when the candidate holds 100% and has baked
 * @throws LambdactlError ROLLED_BACK, PAUSED, INTERRUPTED, CONFLICT, ROLLBACK_FAILED
 */
export async function rollOut(
  run: Run,
  target: Target,
  plan: Plan,
  found: AliasState | undefined,
): Promise<AliasState> {
  await interruptible(run.signal, () => journalPlan(run, target, plan, found))
  const onInterrupt = () => tellInterrupt(run, target)
  run.signal.addEventListener('abort', onInterrupt, { once: true })
  try {
    let alias = await shiftFirst(run, target, plan, found)
    while (parseRecord(alias.description)?.phase !== 'done') {
      alias = await orRollBack(run, target, plan, alias, holdStep(run, target, plan, alias))
    }
    await tellShift(run, target, plan, alias)
    return alias
  } finally {
    run.signal.removeEventListener('abort', onInterrupt)
  }
}

/** After these nobody knows whether the change was made. */
const unanswered: readonly ErrorCode[] = ['UNREACHABLE', 'AWS_UNAVAILABLE', 'BUG']

async function journalPlan(
  run: Run,
  target: Target,
  plan: Plan,
  found: AliasState | undefined,
): Promise<void> {
  const by = await whoReleases(run)
  await keepJournal(run, target, plan.id, { kind: 'plan', plan, by, replaced: found?.description })
}

/** One that may have been made without an answer is taken back: nobody would watch it. */
async function shiftFirst(
  run: Run,
  target: Target,
  plan: Plan,
  found: AliasState | undefined,
): Promise<AliasState> {
  const change = firstShift(plan, run.clock.now())
  try {
    return await shiftAlias(run, target, found, change)
  } catch (error) {
    const failure = asLambdactlError(error)
    if (!found || !unanswered.includes(failure.code)) throw failure
    return giveUp(run, target, plan, found, change.record, failure)
  }
}

/** The ways in which `holdStep` ends a release on purpose. */
const endings: readonly ErrorCode[] = ['ROLLED_BACK', 'PAUSED', 'INTERRUPTED', 'ROLLBACK_FAILED']

/** Whatever else goes wrong, the candidate does not keep its traffic, unless the alias is somebody else's by now. */
async function orRollBack(
  run: Run,
  target: Target,
  plan: Plan,
  alias: AliasState,
  step: Promise<AliasState>,
): Promise<AliasState> {
  try {
    return await step
  } catch (error) {
    const failure = asLambdactlError(error)
    if (endings.includes(failure.code)) throw failure
    if (failure.code === 'CONFLICT') await leaveIfTaken(run, target, plan, alias)
    const record = parseRecord(alias.description) ?? firstShift(plan, run.clock.now()).record
    return giveUp(run, target, plan, alias, record, failure)
  }
}

/** Ends the release where the alias is somebody else's by now. Where that can't be read, the rollback's fence tells. */
async function leaveIfTaken(run: Run, target: Target, plan: Plan, alias: AliasState): Promise<void> {
  let seen: Seen
  try {
    seen = await observe(run, target, plan, alias)
  } catch (error) {
    if (isCode(error, 'CONFLICT')) throw error
    return
  }
  const decision = decide(plan, seen, run.clock.now())
  if (decision.do === 'leave') await endRelease(run, target, plan, seen, decision)
}

function giveUp(
  run: Run,
  target: Target,
  plan: Plan,
  alias: AliasState,
  record: ReleaseRecord,
  { message }: LambdactlError,
): Promise<never> {
  const verdict: Verdict = { outcome: 'inconclusive', reason: message }
  const decision = rollBack(plan, record, message, run.clock.now())
  return endRelease(run, target, plan, { alias, record, verdict, alarms: [] }, decision)
}

/** Holds the present step until something is to be changed, and changes it. */
async function holdStep(run: Run, target: Target, plan: Plan, shifted: AliasState): Promise<AliasState> {
  await tellShift(run, target, plan, shifted)
  let alias = shifted
  for (;;) {
    const seen = await observe(run, target, plan, alias)
    alias = seen.alias
    const decision = decideNow(run, plan, seen)
    tellObserved(run, target, plan, seen, decision)
    switch (decision.do) {
      case 'wait':
        await run.clock.sleep(pollMs(plan, decision.until - run.clock.now()), run.signal)
        break
      case 'shift':
      case 'finish':
        await keepJournal(run, target, plan.id, {
          kind: 'decision',
          do: decision.do,
          verdict: seen.verdict,
          alarms: seen.alarms,
        })
        return shiftAlias(run, target, alias, decision.change)
      default:
        return endRelease(run, target, plan, seen, decision)
    }
  }
}

function decideNow(run: Run, plan: Plan, seen: Seen): Decision {
  const now = run.clock.now()
  const decision = decide(plan, seen, now)
  if (!run.signal.aborted || decision.do === 'leave' || !seen.record) return decision
  return rollBack(plan, seen.record, 'interrupted by the user', now)
}

/** Tells and records where the alias is now. */
async function tellShift(run: Run, target: Target, plan: Plan, alias: AliasState): Promise<void> {
  const record = parseRecord(alias.description)
  if (!record) throw new LambdactlError('BUG', 'The alias came back without the record that was written.')
  const { version, weight } = alias
  const { phase, step, steps } = record
  const base = { function: target.function, alias: alias.name, version }
  // A bake that ends well moves nothing.
  if (phase !== 'done' || plan.bakeMs === 0)
    run.emit({ ...base, event: 'shifted', ...(weight ? { weight } : {}), step, steps })
  if (phase === 'done') run.emit({ ...base, event: 'done', previous: plan.stable })
  await keepJournal(run, target, plan.id, {
    kind: phase === 'done' ? 'done' : 'shifted',
    version,
    weight,
    phase,
    step,
  })
}

/** Told at once: what is under way, such as a call that AWS does not answer, may hold up the rollback itself. */
function tellInterrupt(run: Run, target: Target): void {
  const text = 'interrupted: rolling back. Interrupt again to leave at once, with the alias as it is.'
  run.emit({ function: target.function, event: 'warning', text })
}

function tellObserved(run: Run, target: Target, plan: Plan, seen: Seen, decision: Decision): void {
  const step = seen.record?.step ?? 0
  const until = decision.do === 'wait' ? decision.until : run.clock.now()
  const { verdict, alarms } = seen
  run.emit({
    function: target.function,
    event: 'observed',
    verdict,
    alarms,
    step,
    steps: plan.steps.length,
    until,
  })
}

/** A tenth of the shortest hold, within bounds: seconds-long steps are watched more closely. */
function pollMs(plan: Plan, remainingMs: number): number {
  const holds = [...plan.steps.map(({ holdMs }) => holdMs), plan.bakeMs].filter((hold) => hold > 0)
  const tenth = Math.min(...holds) / 10
  const poll = Math.min(longestPollMs, Math.max(shortestPollMs, tenth))
  return Math.max(0, Math.min(poll, remainingMs))
}
