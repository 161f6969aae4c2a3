import type { Verdict } from '../values/observed.ts'
import { isBreakglass } from './breakglass.ts'
import { isPlannedComparison } from './comparison-entry.ts'
import { isHookPoints } from './hook-entry.ts'
import type { Plan, Step } from './plan.ts'
import type { PlannedConcurrency } from './provisioned.ts'
import { isPastFlags } from './went-past.ts'

/**
 * Reads a plan back from a journal; undefined for what is none. Nothing of an entry is trusted: a release that is carried
 * on by a broken plan would move traffic.
 */
export function readPlan(value: unknown): Plan | undefined {
  if (!isObject(value)) return undefined
  const { id, strategy, candidate, stable, held, steps, bakeMs, alarms } = value
  const isStrategy = strategy === 'canary' || strategy === 'linear' || strategy === 'all-at-once'
  if (typeof id !== 'string' || !isStrategy || typeof candidate !== 'string') return undefined
  if (typeof stable !== 'string' || !isDuration(bakeMs)) return undefined
  const { comparison, insufficientData, breakglass, wentPast, hooks, provisioned, ...rest } = value
  if (hooks !== undefined && !isHookPoints(hooks)) return undefined
  if (comparison !== undefined && !isPlannedComparison(comparison)) return undefined
  if (insufficientData !== undefined && !isOutcome(insufficientData)) return undefined
  if (breakglass !== undefined && !isBreakglass(breakglass)) return undefined
  if (wentPast !== undefined && !isPastFlags(wentPast)) return undefined
  if (provisioned !== undefined && !isPlannedConcurrency(provisioned)) return undefined
  if (!isTexts(held) || !isTexts(alarms) || !isSteps(steps)) return undefined
  const plan: Plan = { ...rest, id, strategy, candidate, stable, held, steps, bakeMs, alarms }
  return {
    ...plan,
    ...(comparison && { comparison }),
    ...(insufficientData && { insufficientData }),
    ...(breakglass && { breakglass }),
    ...(wentPast && { wentPast }),
    ...(hooks && { hooks }),
    ...(provisioned && { provisioned }),
  }
}

function isOutcome(value: unknown): value is Verdict['outcome'] {
  return value === 'pass' || value === 'fail' || value === 'inconclusive'
}

function isPlannedConcurrency(value: unknown): value is PlannedConcurrency {
  if (!isObject(value)) return false
  const { amount, stable } = value
  if (!isEnvironments(amount)) return false
  return (
    stable === undefined || (isObject(stable) && isEnvironments(stable['amount']) && isReason(stable['why']))
  )
}

function isReason(value: unknown): boolean {
  return value === 'alias' || value === 'pending' || value === 'cut-off'
}

function isEnvironments(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}

function isDuration(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function isSteps(value: unknown): value is Step[] {
  return Array.isArray(value) && value.every(isStep)
}

function isStep(value: unknown): value is Step {
  if (!isObject(value)) return false
  const { percent, holdMs, invocations, approval } = value
  if (invocations !== undefined && !isCount(invocations)) return false
  if (approval !== undefined && typeof approval !== 'boolean') return false
  return typeof percent === 'number' && percent > 0 && percent < 100 && isDuration(holdMs)
}
