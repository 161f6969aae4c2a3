import { failedHook, type HookPoint, type HookStandings, hookGate, lastHookEnd } from '../plan/hooks.ts'
import { bakes, looksAgain, type Plan } from '../plan/plan.ts'
import { movedSince } from '../values/moved.ts'
import type { AliasChange, AliasState, Verdict } from '../values/observed.ts'
import { heldAfter, inProgress, type Phase, type ReleaseRecord, waitsForPerson } from '../values/record.ts'
import { hookBefore } from './hook-facts.ts'

/** The facts that a running release observes at one moment. */
export interface Observed {
  alias: AliasState
  /** The alias's record; undefined if its Description is no record. */
  record: ReleaseRecord | undefined
  verdict: Verdict
  /** The state of the hooks at the present step; absent if it is unknown. */
  hooks?: HookStandings
  /** Whether a person is being asked how to go on. */
  isAsked?: boolean
}

/** The next action of a release. */
export type Decision =
  | { do: 'shift'; change: AliasChange }
  /** A hook has to run before anything moves. */
  | { do: 'ask'; hook: HookPoint; record: ReleaseRecord }
  /** Wait at least until then; with a hook also until the hook has ended. */
  | { do: 'wait'; until: number; hook?: HookPoint }
  | { do: 'finish'; change: AliasChange }
  /** The release would move on, but a person is being asked how to go on. */
  | { do: 'hold' }
  | { do: 'roll-back'; change: AliasChange; reason: string }
  | { do: 'pause'; change: AliasChange; reason: string }
  /** The release waits for a person. */
  | { do: 'stay'; reason: string }
  /** The alias no longer belongs to this release: somebody else moved it. */
  | { do: 'leave'; reason: string }

/** The first change of a release: its first step, or the switch to 100% if it has no steps. */
export function firstShift(plan: Plan, now: number): AliasChange {
  return plan.steps.length > 0 ? toStep(plan, 1, now) : toWatched(plan, now)
}

/**
 * Decides from the plan, the observed state and the time alone, so any process that has the plan can carry the release
 * on.
 *
 * A failed gate rolls back at once, also while the release is paused. A step that is over moves on only if its gates
 * pass, and if a person has approved where the step needs approval. An inconclusive verdict extends the step once by
 * its own length, then pauses. A failed hook rolls back too; an inconclusive hook pauses at its turn.
 *
 * While a person is being asked, all of this holds, except that nothing moves on.
 */
export function decide(plan: Plan, observed: Observed, now: number): Decision {
  const decision = decideAlone(plan, observed, now)
  return observed.isAsked && movesOn(decision) ? { do: 'hold' } : decision
}

/**
 * Tells whether a decision changes the step or its time, ends the watch over the candidate, or runs a hook about it.
 */
function movesOn(decision: Decision): boolean {
  switch (decision.do) {
    case 'finish':
    case 'shift':
      return true
    case 'ask':
      return decision.hook === 'before-shift' || decision.hook === 'before-promote'
    default:
      return false
  }
}

function decideAlone(plan: Plan, { alias, record, verdict, hooks = {} }: Observed, now: number): Decision {
  if (record?.id !== plan.id) return { do: 'leave', reason: strangerReason(alias, record) }
  if (!inProgress(record)) return { do: 'leave', reason: `release ${record.id} is already ${record.phase}` }
  if (!isWhereItWasPut(plan, alias, record)) return { do: 'leave', reason: strangerReason(alias, undefined) }
  const failed = verdict.outcome === 'fail' ? verdict : failedHook(hooks)
  if (failed) return rollBack(record, failed.reason, now)
  if (waitsForPerson(record)) return { do: 'stay', reason: record.reason ?? 'no reason is recorded' }
  if (record.since - now > aheadMs) return { do: 'shift', change: begunNow(alias, record, now) }
  const step = plan.steps[record.step - 1]
  const holdMs = holdOf(plan, record)
  const over = overAt(plan, record)
  const ask = (hook: HookPoint | undefined) =>
    decisionOf(hookGate(plan.hooks ?? [], hooks, hook), { alias, record }, over, now)
  const after = record.phase === 'approved' ? undefined : ask('after-shift')
  if (after) return after
  if (now < over) return { do: 'wait', until: over }
  const needsApproval = step?.approval && record.phase === 'shifting'
  const before = ask(record.phase === 'baking' || needsApproval ? undefined : hookBefore(plan, record.step))
  // A hook that has begun is waited for; a hook begins only if the other gates pass.
  if (before && (before.do !== 'ask' || verdict.outcome === 'pass')) return before
  if (verdict.outcome === 'inconclusive') {
    const longer = isLastLook(plan, record) ? lastLookMs : holdMs
    const extended = Math.max(over, lastHookEnd(hooks)) + longer
    if (now < extended) return { do: 'wait', until: extended }
    return pause(alias, record, verdict.reason, now)
  }
  if (record.phase === 'baking') return { do: 'finish', change: toDone(plan, now) }
  if (needsApproval) return awaitApproval(alias, record, now)
  if (record.step < plan.steps.length) return { do: 'shift', change: toStep(plan, record.step + 1, now) }
  return { do: 'shift', change: toWatched(plan, now) }
}

/** The end of the present step or bake, milliseconds since the epoch. A process that waited longer has extended it. */
export function overAt(plan: Plan, record: ReleaseRecord): number {
  return record.since + (record.phase === 'approved' ? 0 : holdOf(plan, record))
}

/** How long the look after the switch to 100% is repeated while it is inconclusive, milliseconds. */
const lastLookMs = 30_000

/** Tells whether a release without a bake has all traffic, and waits only for the look that ends it. */
export function isLastLook(plan: Plan, { phase }: ReleaseRecord): boolean {
  return phase === 'baking' && !bakes(plan)
}

function holdOf({ steps, bakeMs }: Plan, { phase, step }: ReleaseRecord): number {
  return phase === 'baking' ? bakeMs : (steps[step - 1]?.holdMs ?? 0)
}

/** How far another machine's record may be in the future if both go by AWS's time; milliseconds. */
const aheadMs = 5000

/** Corrects a record from a clock that was ahead, so that nobody waits for that clock: the step or bake begins now. */
function begunNow({ version, weight }: AliasState, record: ReleaseRecord, now: number): AliasChange {
  return { version, weight, record: { ...record, since: now } }
}

/** Decides by a hook at its turn; undefined if the hook lets the release go on. */
function decisionOf(
  gate: ReturnType<typeof hookGate>,
  { alias, record }: { alias: AliasState; record: ReleaseRecord },
  until: number,
  now: number,
): Decision | undefined {
  switch (gate?.do) {
    case 'ask':
      return { ...gate, record }
    case 'wait':
      return { ...gate, until }
    case 'pause':
      return pause(alias, record, gate.reason, now)
    default:
      return undefined
  }
}

/** Goes back to the stable version, clears the weights, and records the reason. Only the record names that version. */
export function rollBack(record: ReleaseRecord, reason: string, now: number): Decision & { do: 'roll-back' } {
  const change: AliasChange = {
    version: record.held[0] ?? record.candidate,
    weight: undefined,
    record: { ...record, phase: 'rolled-back', since: now, reason },
  }
  return { do: 'roll-back', change, reason }
}

/** Holds the release where it is, and records the reason. */
export function pause(
  { version, weight }: AliasState,
  record: ReleaseRecord,
  reason: string,
  now: number,
): Decision & { do: 'pause' } {
  const change = { version, weight, record: { ...record, phase: 'paused' as const, since: now, reason } }
  return { do: 'pause', change, reason }
}

/** Ends a step whose gates pass, and holds the release until a person approves. */
function awaitApproval(
  { version, weight }: AliasState,
  record: ReleaseRecord,
  now: number,
): Decision & { do: 'pause' } {
  const reason = `step ${record.step} of ${record.steps} held and its gates pass`
  const phase = 'awaiting-approval' as const
  return {
    do: 'pause',
    change: { version, weight, record: { ...record, phase, since: now, reason } },
    reason,
  }
}

/**
 * Continues a release that waits for a person. After a step that needs approval, the next look at passing gates moves
 * on. A paused step or bake begins again where it is.
 */
export function approve(
  { version, weight }: AliasState,
  { reason: _, ...record }: ReleaseRecord,
  now: number,
): AliasChange {
  const begun = weight === undefined ? 'baking' : 'shifting'
  const phase = record.phase === 'awaiting-approval' ? 'approved' : begun
  return { version, weight, record: { ...record, phase, since: now } }
}

/** Skips the remaining steps and gives the candidate 100% now; the bake follows. A person takes all as it is now. */
export function promote(plan: Plan, now: number): AliasChange {
  return toFull(plan, now)
}

/** Begins the next step now and ends the present one; after the last step the candidate gets 100%. */
export function promoteStep(plan: Plan, { step }: ReleaseRecord, now: number): AliasChange {
  return step < plan.steps.length ? toStep(plan, step + 1, now) : toFull(plan, now)
}

function toStep(plan: Plan, step: number, now: number): AliasChange {
  const percent = plan.steps[step - 1]?.percent ?? 0
  return {
    version: plan.stable ?? plan.candidate,
    weight: { version: plan.candidate, percent },
    record: recordOf(plan, 'shifting', step, now),
  }
}

function toFull(plan: Plan, now: number): AliasChange {
  return bakes(plan) ? toBake(plan, now) : toDone(plan, now)
}

/** The switch to 100% of a release that goes on by itself: it is done only after a look at what its switch met. */
function toWatched(plan: Plan, now: number): AliasChange {
  return looksAgain(plan) ? toBake(plan, now) : toDone(plan, now)
}

function toBake(plan: Plan, now: number): AliasChange {
  return {
    version: plan.candidate,
    weight: undefined,
    record: recordOf(plan, 'baking', plan.steps.length, now),
  }
}

function toDone(plan: Plan, now: number): AliasChange {
  const record = recordOf(plan, 'done', plan.steps.length, now)
  return {
    version: plan.candidate,
    weight: undefined,
    record: { ...record, held: heldAfter(plan.candidate, plan.held) },
  }
}

/** The record of a release that went past its gates says so. */
function recordOf(plan: Plan, phase: Phase, step: number, now: number): ReleaseRecord {
  return {
    id: plan.id,
    strategy: plan.strategy,
    phase,
    step,
    steps: plan.steps.length,
    candidate: plan.candidate,
    held: plan.held,
    since: now,
    ...whyPast(plan),
  }
}

/** The flags come first, since a long reason is cut at its end. */
function whyPast({ wentPast = [], breakglass }: Plan): { reason?: string } {
  const words = [
    ...wentPast.map((flag) => `--${flag}`),
    ...(breakglass ? [`breakglass: ${breakglass.reason}`] : []),
  ]
  return words.length > 0 ? { reason: words.join(' ') } : {}
}

/** A weight that is not the step's was set by somebody else. */
export function isWhereItWasPut(plan: Plan, alias: AliasState, record: ReleaseRecord): boolean {
  if (movedSince(alias, record)) return false
  return alias.weight === undefined || alias.weight.percent === plan.steps[record.step - 1]?.percent
}

function strangerReason(alias: AliasState, record: ReleaseRecord | undefined): string {
  if (record)
    return `alias ${alias.name} now belongs to release ${record.id} (${record.strategy}, ${record.phase})`
  const share = alias.weight ? `, with ${alias.weight.percent}% on version ${alias.weight.version},` : ''
  return `alias ${alias.name} was moved to version ${alias.version}${share} by something other than lambdactl`
}
