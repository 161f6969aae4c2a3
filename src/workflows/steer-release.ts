import { isConflict } from '../errors/after-a-call.ts'
import { LambdactlError } from '../errors/error.ts'
import { standing } from '../release/decision/standing.ts'
import { isPromotion, isSoAlready, isSteppedOn, steeringChange } from '../release/decision/steering.ts'
import { effectOf, type SteeringVerb } from '../release/decision/steering-effect.ts'
import type { Entry } from '../release/journal/entry.ts'
import type { Plan } from '../release/plan/plan.ts'
import type { AliasChange, AliasState, Verdict } from '../release/values/observed.ts'
import { type Phase, parseRecord, type ReleaseRecord, waitsForPerson } from '../release/values/record.ts'
import {
  type FoundRelease,
  findPlan,
  findRelease,
  requireCarried,
  requireInProgress,
  requireUnmoved,
} from './alias/find-release.ts'
import { rollAliasBack } from './alias/roll-alias-back.ts'
import { shiftAlias } from './alias/shift-alias.ts'
import { withoutTriggers } from './ending/errors.ts'
import { accepting, tellAccepted } from './release-only/beside.ts'
import { applyAfter, type FileTriggers } from './rollout/apply-after.ts'
import { provePromotion } from './rollout/prove-promotion.ts'
import { releaseIdleSince } from './rollout/release-idle-concurrency.ts'
import { wasSlower } from './rollout/was-slower.ts'
import { type Acting, keepJournal, whoActs } from './run/keep-journal.ts'
import { commandFor, commandsFor, type Run, type Target } from './run/run.ts'
import { observe, type Seen } from './watch/observe.ts'

export type { SteeringVerb } from '../release/decision/steering-effect.ts'

/** A person's decision about a release in progress. */
export interface Steering {
  verb: SteeringVerb
  /** For the record. */
  reason?: string | undefined
  /** The reason why a promotion goes past alarms that fire; undefined: it does not. */
  breakglass?: string | undefined
  /** The triggers of the file, which a promotion that ends the release applies; absent without a file. */
  triggers?: FileTriggers
}

export interface SteeringResult extends Acting {
  function: string
  verb: SteeringVerb
  release: string
  /** False if it was so already. */
  changed: boolean
  phase: Phase
  /** The present state of the alias, in one sentence. */
  summary: string
  /** Its effect, in one sentence; absent if it was so already. */
  effect?: string
  /** The verdict of its gates just before; absent if nobody looked. */
  verdict?: Verdict
}

/**
 * Carries out a person's decision about a release in progress, from any machine: one guarded update. Doing it twice is
 * safe, also at once; the second time says so. Before it acts, it reports the coming effect and the verdict of the
 * gates. A promotion by a step goes one step further each time, but two at once go one step together.
 *
 * @throws LambdactlError CONFLICT if no release is in progress or the alias moved meanwhile, NOT_FOUND;
 * PREFLIGHT_FAILED for a promotion that a gate refuses
 */
export async function steerRelease(run: Run, target: Target, steering: Steering): Promise<SteeringResult> {
  const { verb } = steering
  const found = await findRelease(run, target)
  if (isSoAlready(verb, found)) return nothingToDo(run, target, verb, found)
  requireInProgress(target, found, verb)
  if (verb !== 'abort') requireUnmoved(target, found, verb)
  if (verb !== 'abort' && verb !== 'pause') requireCarried(target, found, verb)
  try {
    return await steer(run, target, steering, found)
  } catch (error) {
    if (!isConflict(error)) throw error
    const now = await findRelease(run, target).catch(() => undefined)
    if (now && (isSoAlready(verb, now) || isSteppedOn(verb, found, now)))
      return nothingToDo(run, target, verb, now)
    throw now ? wasSlower(target, now, error) : error
  }
}

async function steer(
  run: Run,
  target: Target,
  steering: Steering,
  found: FoundRelease,
): Promise<SteeringResult> {
  const { verb, reason } = steering
  const who = await whoActs(run, target)
  const { plan, seen } = await lookBefore(run, target, steering, found)
  const verdict = seen?.verdict
  const effect = effectOf(verb, plan, found.alias, found.record)
  const goesOn = isPromotion(verb) || verb === 'approve'
  if (goesOn && plan) await tellAccepted({ run, target, plan }, verb, found.record.reason)
  if (goesOn) tellDeciding(run, target, { verb, effect, record: found.record, verdict })
  if (verb !== 'abort' && run.signal.aborted) throw interrupted(target)
  const decided = { verb, plan, reason: reason ?? reasonOf(verb, who) }
  const change = steeringChange(decided, found, run.clock.now())
  const alias = await move(run, target, verb, { found: found.alias, change })
  const record = parseRecord(alias.description) ?? change.record
  await journalSteering(run, target, steering, { alias, record, plan, verdict, who })
  await releaseIdleSince(run, target, record)
  if (record.phase === 'done') await applyPromoted(run, target, steering, { alias, record })
  return {
    ...resultOf(target, verb, { alias, record }, true),
    effect,
    ...who,
    ...(verdict ? { verdict } : {}),
  }
}

/** @throws LambdactlError the failure of the triggers; the promotion is done */
async function applyPromoted(
  run: Run,
  target: Target,
  { triggers }: Steering,
  { alias, record }: FoundRelease,
): Promise<void> {
  const ended = await applyAfter(run, target, triggers, { how: 'done', alias })
  if (ended.how === 'done' && ended.unapplied) throw withoutTriggers(target, record, ended.unapplied)
}

/** A decision that was carried out. */
interface Steered extends FoundRelease {
  plan: Plan | undefined
  verdict: Verdict | undefined
  who: Acting
}

async function journalSteering(
  run: Run,
  target: Target,
  { verb, reason, breakglass }: Steering,
  { alias: { version, weight }, record, plan, verdict, who }: Steered,
): Promise<void> {
  const goesOn = isPromotion(verb) || verb === 'approve'
  const accepted = goesOn && plan ? await accepting(run, target, plan) : undefined
  // Only a promotion that was made excuses an alarm from now on.
  if (accepted && (accepted !== plan || (isPromotion(verb) && breakglass !== undefined))) {
    await keepJournal(run, target, accepted.id, { kind: 'plan', plan: accepted, ...who })
  }
  const { phase, step } = record
  const facts = { verb, ...who, reason, breakglass, version, weight, verdict, phase, step }
  await keepJournal(run, target, record.id, { ...entryOf(verb, record), ...facts })
}

function interrupted(target: Target): LambdactlError {
  return new LambdactlError('INTERRUPTED', 'Interrupted: the release did not change.', {
    next: [`See its state: ${commandFor(target, 'canary status')}`],
  })
}

function reasonOf(verb: SteeringVerb, { by, actor }: Acting): string {
  return `${verb} by ${by ?? 'somebody'}${actor?.name === undefined ? '' : ` (says ${actor.name})`}`
}

/**
 * Looks at the gates before a decision. A promotion is refused where one of them does not let it. An approval needs
 * neither plan nor gates: what can't be read is left untold. Other decisions don't wait for a look.
 */
async function lookBefore(
  run: Run,
  target: Target,
  { verb, breakglass }: Steering,
  found: FoundRelease,
): Promise<{ plan?: Plan | undefined; seen?: Seen | undefined }> {
  const readPlan = () => findPlan(run, target, found.record.id)
  if (isPromotion(verb)) return provePromotion({ run, target, plan: await readPlan() }, found, breakglass)
  if (verb !== 'approve') return {}
  const plan = await readPlan().catch(() => undefined)
  const seen = plan && (await observe({ run, target, plan }, found.alias).catch(() => undefined))
  return { plan, seen }
}

/** Only an abort is a way back, which is tried again while AWS does not answer. */
function move(
  run: Run,
  target: Target,
  verb: SteeringVerb,
  { found, change }: { found: AliasState; change: AliasChange },
): Promise<AliasState> {
  if (verb === 'abort') return rollAliasBack(run, target, { found, change })
  return shiftAlias(run, target, found, change)
}

/** A decision that is about to be carried out. */
interface Deciding {
  verb: SteeringVerb
  effect: string
  /** The release's present record. */
  record: ReleaseRecord
  verdict: Verdict | undefined
}

function tellDeciding(run: Run, target: Target, { verb, effect, record, verdict }: Deciding): void {
  run.emit({
    function: target.function,
    event: 'deciding',
    verb,
    effect,
    ...(waitsForPerson(record) && record.reason ? { waiting: record.reason } : {}),
    ...(verdict ? { verdict } : {}),
  })
}

async function nothingToDo(
  run: Run,
  target: Target,
  verb: SteeringVerb,
  found: FoundRelease,
): Promise<SteeringResult> {
  await releaseIdleSince(run, target, found.record)
  return resultOf(target, verb, found, false)
}

/** Returns the entry for `history`: an abort ends the release, as does a promotion without a bake; a pause holds it. */
function entryOf(verb: SteeringVerb, { phase }: ReleaseRecord): Pick<Entry, 'kind' | 'outcome'> {
  if (verb === 'abort') return { kind: 'outcome', outcome: 'rolled-back' }
  if (verb === 'pause') return { kind: 'outcome', outcome: 'paused' }
  return { kind: phase === 'done' ? 'done' : 'shifted' }
}

function resultOf(
  target: Target,
  verb: SteeringVerb,
  { alias, record }: { alias: AliasState; record: ReleaseRecord },
  changed: boolean,
): SteeringResult {
  const { summary } = standing(alias, record, commandsFor(target))
  return { function: target.function, verb, release: record.id, changed, phase: record.phase, summary }
}
