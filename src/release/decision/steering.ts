import { LambdactlError } from '../../errors/error.ts'
import type { Plan } from '../plan/plan.ts'
import { movedSince } from '../values/moved.ts'
import type { AliasChange, AliasState } from '../values/observed.ts'
import type { Phase, ReleaseRecord } from '../values/record.ts'
import { approve, pause, promote, promoteStep, rollBack } from './decide.ts'
import type { SteeringVerb } from './steering-effect.ts'

/** A release as its alias has it. */
interface Found {
  alias: AliasState
  record: ReleaseRecord
}

/** The phases in which a decision is carried out already. */
const phasesAfter: Record<SteeringVerb, readonly Phase[]> = {
  approve: ['shifting', 'approved', 'baking'],
  pause: ['paused', 'awaiting-approval'],
  abort: ['rolled-back'],
  promote: ['done', 'baking'],
  step: ['done', 'baking'],
}

/** Whether a decision gives the candidate more traffic than its gates have let it have yet. */
export function isPromotion(verb: SteeringVerb): boolean {
  return verb === 'promote' || verb === 'step'
}

/** Whether a decision is carried out already. Only after an abort may somebody have moved the alias by hand since. */
export function isSoAlready(verb: SteeringVerb, { alias, record }: Found): boolean {
  return phasesAfter[verb].includes(record.phase) && (verb === 'abort' || !movedSince(alias, record))
}

/** Whether somebody else went the same step at the same time. */
export function isSteppedOn(verb: SteeringVerb, before: Found, { alias, record }: Found): boolean {
  const isOn = record.id === before.record.id && record.step > before.record.step
  return verb === 'step' && isOn && !movedSince(alias, record)
}

/** A person's decision; a promotion has the plan. */
interface Decided {
  verb: SteeringVerb
  plan: Plan | undefined
  reason: string
}

/** Returns the change of the alias that a person's decision comes to. */
export function steeringChange(
  { verb, plan, reason }: Decided,
  { alias, record }: Found,
  now: number,
): AliasChange {
  if (verb === 'approve') return approve(alias, record, now)
  if (verb === 'pause') return pause(alias, record, reason, now).change
  if (verb === 'abort') return rollBack(record, reason, now).change
  if (!plan) throw new LambdactlError('BUG', `A release without a plan was to ${verb}.`)
  return verb === 'step' ? promoteStep(plan, record, now) : promote(plan, now)
}
