import type { ErrorCode } from '../../errors/codes.ts'
import { asLambdactlError } from '../../errors/error.ts'
import { stepsFor } from '../../errors/next-step.ts'
import type { Run } from '../run/run.ts'
import { type DestroyPlan, findFunction } from './plan-destroy.ts'

/** A function that was destroyed, or would be. */
export interface DestroyedFunction extends Omit<DestroyPlan, 'target' | 'service' | 'logGroup'> {
  function: string
  lambdaName: string
  /** Its own log group, if it is there, and whether it goes too. */
  logGroup?: { name: string; goes: boolean }
  /** `nothing`: there was nothing to take away; `left`: the work was interrupted before. */
  outcome: 'planned' | 'destroyed' | 'nothing' | 'failed' | 'left'
  /** Whether this command deleted the function itself. */
  deleted: boolean
  error?: { code: ErrorCode; message: string; next: readonly string[] }
}

/** A plan as a result. */
export function plannedDestroy(
  { target, service: _, logGroup, ...plan }: DestroyPlan,
  logs: boolean,
): DestroyedFunction {
  const goes = plan.state === 'found' || (logs && logGroup !== undefined)
  return {
    function: target.function,
    lambdaName: target.lambdaName,
    ...plan,
    ...(logGroup !== undefined && { logGroup: { name: logGroup, goes: logs } }),
    outcome: goes ? 'planned' : 'nothing',
    deleted: false,
  }
}

/**
 * Destroys functions one after the other: each with its versions, its alias, its URL and its policy in one call of
 * Lambda, then its log group. Goes on after a failure; the same command takes away the rest.
 *
 * @param logs whether the log groups go too
 */
export async function carryOutDestroy(
  run: Run,
  plans: readonly DestroyPlan[],
  logs: boolean,
): Promise<DestroyedFunction[]> {
  const results: DestroyedFunction[] = []
  for (const plan of plans) {
    const planned = plannedDestroy(plan, logs)
    results.push(planned.outcome === 'planned' ? await destroyOne(run, plan, planned) : planned)
  }
  return results
}

async function destroyOne(
  run: Run,
  plan: DestroyPlan,
  planned: DestroyedFunction,
): Promise<DestroyedFunction> {
  if (run.signal.aborted) return { ...planned, outcome: 'left' }
  const { target, state } = plan
  let deleted = false
  try {
    if (state === 'found') {
      // A release may have begun since the plan was shown, or somebody else has deleted the function.
      const now = await findFunction(run, plan)
      if (now.state === 'found') {
        await run.aws.functions.delete(target.lambdaName)
        deleted = true
      }
    }
    if (planned.logGroup?.goes) await run.aws.logGroups.delete(planned.logGroup.name)
    return { ...planned, outcome: 'destroyed', deleted }
  } catch (error) {
    const { code, message, next } = asLambdactlError(error)
    return {
      ...planned,
      outcome: 'failed',
      deleted,
      error: { code, message, next: stepsFor(run.config, next) },
    }
  }
}
