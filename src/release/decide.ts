import { movedSince } from './moved.ts'
import type { AliasChange, AliasState, Verdict } from './observed.ts'
import type { Plan } from './plan.ts'
import { heldAfter, inProgress, type Phase, type ReleaseRecord, waitsForPerson } from './record.ts'

/** What a running release sees at a moment. */
export interface Observed {
  alias: AliasState
  /** The alias's record, or undefined when its Description is none. */
  record: ReleaseRecord | undefined
  verdict: Verdict
}

/** What is to be done now. */
export type Decision =
  | { do: 'shift'; change: AliasChange }
  | { do: 'wait'; until: number }
  | { do: 'finish'; change: AliasChange }
  | { do: 'roll-back'; change: AliasChange; reason: string }
  | { do: 'pause'; change: AliasChange; reason: string }
  /** It waits for a person. */
  | { do: 'stay'; reason: string }
  /** The alias is no longer this release's: somebody else moved it. */
  | { do: 'leave'; reason: string }

/** The first change of a release: its first step, or the switch where it has none. */
export function firstShift(plan: Plan, now: number): AliasChange {
  return plan.steps.length > 0 ? toStep(plan, 1, now) : toFull(plan, now)
}

/**
 * Decides from the plan, what was observed and the time alone, so that whoever holds the plan can go on.
 *
 * A failed gate rolls back at once, also while the release is paused. A step that is over moves on only when its gates
 * pass, and a person has approved where the step asks for it; an inconclusive verdict extends the step once by its own
 * length and then pauses.
 */
export function decide(plan: Plan, { alias, record, verdict }: Observed, now: number): Decision {
  if (record?.id !== plan.id) return { do: 'leave', reason: strangerReason(alias, record) }
  if (!inProgress(record)) return { do: 'leave', reason: `release ${record.id} is ${record.phase} already` }
  if (!isWhereItWasPut(plan, alias, record)) return { do: 'leave', reason: strangerReason(alias, undefined) }
  if (verdict.outcome === 'fail') return rollBack(record, verdict.reason, now)
  if (waitsForPerson(record)) return { do: 'stay', reason: record.reason ?? 'no reason is on record' }
  const step = plan.steps[record.step - 1]
  const holdMs = record.phase === 'baking' ? plan.bakeMs : (step?.holdMs ?? 0)
  const over = record.since + (record.phase === 'approved' ? 0 : holdMs)
  if (now < over) return { do: 'wait', until: over }
  if (verdict.outcome === 'inconclusive') {
    if (now < over + holdMs) return { do: 'wait', until: over + holdMs }
    return pause(alias, record, verdict.reason, now)
  }
  if (record.phase === 'baking') return { do: 'finish', change: toDone(plan, now) }
  if (step?.approval && record.phase !== 'approved') return awaitApproval(alias, record, now)
  if (record.step < plan.steps.length) return { do: 'shift', change: toStep(plan, record.step + 1, now) }
  return { do: 'shift', change: toFull(plan, now) }
}

/** The way back to the stable version, weights cleared, with the reason on record. The record alone knows it. */
export function rollBack(record: ReleaseRecord, reason: string, now: number): Decision & { do: 'roll-back' } {
  const change: AliasChange = {
    version: record.held[0] ?? record.candidate,
    weight: undefined,
    record: { ...record, phase: 'rolled-back', since: now, reason },
  }
  return { do: 'roll-back', change, reason }
}

/** Holds the release where it is, with the reason on record. */
export function pause(
  { version, weight }: AliasState,
  record: ReleaseRecord,
  reason: string,
  now: number,
): Decision & { do: 'pause' } {
  const change = { version, weight, record: { ...record, phase: 'paused' as const, since: now, reason } }
  return { do: 'pause', change, reason }
}

/** Ends a step whose gates pass, and holds the release there until a person approves. */
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
 * Lets a release go on that waits for a person. After a step that awaits approval, the next look whose gates pass moves on; of
 * a paused one the step, or the bake, begins anew where it is.
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

/** Ends the steps and gives the candidate everything now; its bake is still to come. */
export function promote(plan: Plan, now: number): AliasChange {
  return toFull(plan, now)
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
  if (plan.bakeMs === 0) return toDone(plan, now)
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

/** One that went past its gates says so wherever its record is read. */
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
    ...(plan.breakglass ? { reason: `breakglass: ${plan.breakglass.reason}` } : {}),
  }
}

/** A weight that is not the step's was set by somebody else too. */
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
